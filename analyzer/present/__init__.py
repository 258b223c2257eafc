"""Views of the results: tables, files, workbook, report, hub, notebook, pictures, Akoma Ntoso."""
