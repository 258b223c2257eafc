"""The review loop: choose the clauses most worth a lawyer's look, put them into a workbook, read the verdicts back.

``choose`` → ``write_sheet`` → a lawyer → ``read_sheet`` → ``verdicts`` → gold that
``analyzer.learn.training.gold.reviewed`` reads.
"""
