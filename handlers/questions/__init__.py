"""The question list 常见问题: kept in a spreadsheet, learned from past inquiries, answered from when sure."""
