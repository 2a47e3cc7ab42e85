"""A workbook for the field: a form to fill after a mapping session, and the scenario that it becomes."""
