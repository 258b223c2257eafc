"""Collections that last: the results of many files in one store, resumed, exported and searched."""
