"""Door codes over HTTP: for their owners, and without the codes for administrators."""
