"""Where recommendations stand on a day, as pages, pictures and reports show it.

``reading``: one recommendation; ``stand``: a roundtable; ``matrix``: who has follow-ups in it; ``tally``: how many have
which status; ``since``: with which day another is compared; ``found``: what a search found of a recommendation;
``links``: where a list leads.
"""
