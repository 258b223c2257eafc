"""Write what was found: tables, workbook, report, hub, notebook, Akoma Ntoso."""
