"""The browser: Playwright lives here and nowhere else in the package.

Nothing in this folder presses anything: filling is the scenarios' work, sending is the buyer's.
Import it late, and of it only what is needed: each of its files brings Playwright with it.
"""
