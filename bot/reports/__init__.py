"""Reports as files: workbooks to go on working with, and paper to print."""
