"""Many files: processes, limits, one row of errors for a file that fails."""
