"""Read a file of any supported kind into one ``Document``."""
