"""Labour-provision analyzer: agreement files in, a table of labour provisions out."""

__version__ = "0.1.0"
