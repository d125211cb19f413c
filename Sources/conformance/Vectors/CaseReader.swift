import CanonicalJSON

/// Reads members of a case; a member that is not what the kind needs fails the case.
struct CaseReader {
    private let value: JSONValue
    private let name: String

    init(_ value: JSONValue?, _ name: String) throws {
        guard let value else { throw CaseProblem("has no member \(name)") }
        self.value = value
        self.name = name
    }

    func member(_ key: String) throws -> CaseReader {
        try CaseReader(value[key], "\(name).\(key)")
    }

    func elements() throws -> [CaseReader] {
        guard let elements = value.arrayValue else { throw CaseProblem("\(name) is not a list") }
        return try elements.enumerated().map { try CaseReader($1, "\(name)[\($0)]") }
    }

    func number() throws -> Double {
        guard let number = value.doubleValue else { throw CaseProblem("\(name) is not a number") }
        return number
    }

    func text() throws -> String {
        guard let text = value.stringValue else { throw CaseProblem("\(name) is not a text") }
        return text
    }

    func count() throws -> Int {
        guard let whole = value.integerValue, whole >= 0 else {
            throw CaseProblem("\(name) is not a count")
        }
        return Int(whole)
    }

    func numbers() throws -> [Double] { try elements().map { try $0.number() } }

    /// 0 and 1 as false and true.
    func flags() throws -> [Bool] {
        try elements().map { element in
            switch try element.number() {
            case 0: false
            case 1: true
            default: throw CaseProblem("\(element.name) is neither 0 nor 1")
            }
        }
    }

    /// Scores and labels of equal count.
    func scoredCases(
        scores: String = "score",
        labels: String = "y"
    ) throws -> (scores: [Double], labels: [Bool]) {
        let pair = (try member(scores).numbers(), try member(labels).flags())
        guard pair.0.count == pair.1.count else {
            throw CaseProblem("\(name) has \(pair.0.count) scores and \(pair.1.count) labels")
        }
        return pair
    }
}
