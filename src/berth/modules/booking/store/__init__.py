"""All SQL of booking, beside the function that runs it."""
