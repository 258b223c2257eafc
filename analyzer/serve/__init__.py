"""A collection for browsers and assistants: read alone, on this machine alone."""
