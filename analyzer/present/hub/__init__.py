"""The hub: all results of a run as one HTML page to search, compare and cite, which needs no network."""
