import CanonicalJSON
import Evaluation
import Testing

@Suite struct DisclosureTests {
    @Test func `the six states have six stable names and six words`() {
        #expect(
            WithheldState.allCases.map(\.rawValue) == [
                "suppressed-small-cell", "suppressed-protects-another-cell", "site-policy",
                "not-estimable", "no-cases", "site-did-not-answer",
            ]
        )
        #expect(Set(WithheldState.allCases.map(\.text)).count == 6)
        #expect(
            Withheld(.notEstimable, .noNegativeCases).text
                == "not estimable (one class only: no negative cases)"
        )
        #expect(
            Withheld(.smallCell, .fewPositives).text
                == "suppressed (small cell: too few positive cases)"
        )
    }

    @Test func `reported values round-trip and a withheld one never reads as a number`() throws {
        let values: [Reported<Double>] = [
            .value(0), .value(0.25), .withheld(.smallCell), .withheld(.notEstimable, .zeroVariance),
            .withheld(Withheld(.smallCell, band: Interval(low: 0.8, high: 1))),
        ]
        let bytes = try CanonicalEncoder().encode(values)
        #expect(try CanonicalDecoder().decode([Reported<Double>].self, from: bytes) == values)
        let text = String(decoding: try CanonicalEncoder().encode(values[2]), as: UTF8.self)
        #expect(text == #"{"withheld":{"state":"suppressed-small-cell"}}"#)
        for bad in ["{}", #"{"value":1,"withheld":{"state":"no-cases"}}"#, "0"] {
            #expect(throws: JSONError.self) {
                try CanonicalDecoder().decode(Reported<Double>.self, from: Array(bad.utf8))
            }
        }
    }

    @Test func `counts are exact or bands`() throws {
        var policy = DisclosurePolicy()
        #expect(policy.report(5) == .value(Count(5)))
        #expect(policy.report(4) == .withheld(.smallCell))
        #expect(policy.report(0) == .value(Count(0)))
        policy.showsZero = false
        #expect(policy.report(0) == .withheld(.smallCell))
        policy.countBands = [0, 10, 25, 50]
        #expect(policy.report(30).value?.text == "25–49")
        #expect(policy.report(50).value?.text == "50+")
        for count in [Count(7), Count(from: 10, through: 24), Count(from: 50, through: nil)] {
            let bytes = try CanonicalEncoder().encode([count])
            #expect(try CanonicalDecoder().decode([Count].self, from: bytes) == [count])
        }
    }

    @Test func `a policy from a site file keeps defaults for absent keys and refuses nonsense`()
        throws
    {
        func read(_ text: String) throws -> DisclosurePolicy {
            try CanonicalDecoder().decode(DisclosurePolicy.self, from: Array(text.utf8))
        }
        #expect(try read("{}") == .standard)
        let policy = try read(#"{"minimumCell":11,"allowed":["counts","dice"]}"#)
        #expect(policy.minimumCell == 11)
        #expect(policy.minimumPositives == 10)
        #expect(policy.allowed == [.counts, .dice])
        let bytes = try CanonicalEncoder().encode(policy)
        #expect(try CanonicalDecoder().decode(DisclosurePolicy.self, from: bytes) == policy)
        for bad in [
            #"{"minimumCell":0}"#, #"{"countBands":[5,10]}"#, #"{"countBands":[0,10,10]}"#,
            #"{"rateDecimals":-1}"#, #"{"allowed":["everything"]}"#,
        ] {
            #expect(throws: JSONError.self, "\(bad)") { try read(bad) }
        }
    }

    @Test func `the strictest of two policies wins in every rule`() {
        var other = DisclosurePolicy.publicData
        other.allowed = [.counts, .dice]
        other.countBands = [0, 10, 20]
        other.rateDecimals = 2
        var own = DisclosurePolicy.standard
        own.allowed = [.dice, .tileAUROC]
        own.countBands = [0, 20]
        let both = own.stricter(other)
        #expect(both == other.stricter(own))
        #expect(both.minimumCell == 5)
        #expect(both.allowed == [.dice])
        #expect(both.countBands == [0, 20])
        #expect(both.rateDecimals == 2)
    }

    @Test func `an empty class is named only where zeros are shown`() {
        var policy = DisclosurePolicy()
        #expect(
            policy.discriminationRefusal(positives: 0, negatives: 30)
                == Withheld(.notEstimable, .noPositiveCases)
        )
        #expect(
            policy.discriminationRefusal(positives: 30, negatives: 0)
                == Withheld(.notEstimable, .noNegativeCases)
        )
        #expect(policy.discriminationRefusal(positives: 0, negatives: 0) == Withheld(.noCases))
        #expect(
            policy.discriminationRefusal(positives: 9, negatives: 30)
                == Withheld(.smallCell, .fewPositives)
        )
        #expect(policy.discriminationRefusal(positives: 10, negatives: 10) == nil)
        policy.showsZero = false
        #expect(
            policy.discriminationRefusal(positives: 0, negatives: 30)
                == Withheld(.smallCell, .fewPositives)
        )
    }
}
