"""All SQL of catalog, beside the function that runs it."""
