"""Training and evaluation of the model, and the review loop. Only the command line imports this package."""
