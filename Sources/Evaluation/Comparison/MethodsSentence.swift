/// The methods sentence under every comparison, ready to paste.
enum MethodsSentence {
    static let text = """
        Each model was scored at each site on that site's held-out test exams, split by \
        patient. AUROC is the Mann-Whitney statistic with DeLong variance and 95 % confidence \
        interval on the logit scale; the federated and local-only models of a site are \
        compared by the paired DeLong test on the same exams, with the smallest difference \
        detectable at 80 % power (2.8 standard errors). Sensitivity, specificity and \
        predictive values are at the threshold fixed in the plan before the first round, with \
        Wilson 95 % intervals. Dice is per exam, over exams with a reference lesion (median, \
        quartiles, mean). Tile AUROC takes image tiles as units of score but exams as units of \
        uncertainty (jackknife over exams). Counts below the site's minimum cell, what would \
        give them back by subtraction, and AUROC below its minimum class size are withheld, \
        never set to zero.
        """
}
