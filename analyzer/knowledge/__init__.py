"""Everything that a lawyer may edit, loaded and checked: codebook, thesaurus, rules, instruments, States, words."""
