"""Use cases: a project and options in, a frozen result out; no printing, no click, no HTTP."""
