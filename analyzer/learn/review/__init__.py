"""The review loop: choose the clauses most worth a lawyer's time, write them to a workbook, read the verdicts back.

``choose`` → ``write_sheet`` → a lawyer → ``read_sheet`` → ``verdicts`` → gold that
``analyzer.learn.training.gold.reviewed`` reads.
"""
