"""The printed forms: domain values in, PDF bytes out."""
