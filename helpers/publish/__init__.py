"""Publishing: notebooks are run, compared with what is stored, and rendered as pages."""
