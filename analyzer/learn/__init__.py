"""How the model is made: training, evaluation, the review loop. Nothing else imports it."""
