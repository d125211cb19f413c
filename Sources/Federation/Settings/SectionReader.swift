package import CanonicalJSON

/// Reads one object of a settings document member by member and collects every problem.
///
/// A member that is missing or wrong yields a placeholder within its range, so that reading goes
/// on and the person sees all problems at once. `finish()` reports the members nobody asked for.
package struct SectionReader {
    /// The place of the object in the document; empty at the top.
    package let path: String

    private let members: [String: JSONValue]
    private let problems: ProblemList
    private var known: Set<String> = []

    /// A reader of a member that must be an object.
    package init(_ value: JSONValue, path: String = "", problems: ProblemList) {
        self.path = path
        self.problems = problems
        if let members = value.objectValue {
            self.members = members
        } else {
            self.members = [:]
            problems.add(.wrongType, at: path, "must be a section with keys and values")
        }
    }

    /// The path of a member of this object.
    package func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// Whether the member is there and not null.
    package func has(_ key: String) -> Bool { !(members[key]?.isNull ?? true) }

    /// Records a problem at a member.
    package func report(_ code: PlanProblem.Code, _ key: String, _ message: String) {
        problems.add(code, at: path(of: key), message)
    }

    /// A whole number within a range.
    package mutating func integer(
        _ key: String,
        in range: ClosedRange<Int>,
        default fallback: Int? = nil
    ) -> Int {
        guard let value = take(key, required: fallback == nil) else {
            return fallback ?? range.lowerBound
        }
        guard let integer = value.integerValue.flatMap({ Int(exactly: $0) }) else {
            report(.wrongType, key, "must be a whole number")
            return range.lowerBound
        }
        guard range.contains(integer) else {
            report(
                .outOfRange,
                key,
                "must lie between \(range.lowerBound) and \(range.upperBound)"
            )
            return range.lowerBound
        }
        return integer
    }

    /// A number within a range, its lower end excluded if `aboveLower`.
    package mutating func number(
        _ key: String,
        in range: ClosedRange<Double>,
        aboveLower: Bool = false,
        default fallback: Double? = nil
    ) -> Double {
        guard let value = take(key, required: fallback == nil) else {
            return fallback ?? range.upperBound
        }
        return number(value, key, in: range, aboveLower: aboveLower) ?? range.upperBound
    }

    /// A number within a range, or nil where the member is absent.
    package mutating func optionalNumber(
        _ key: String,
        in range: ClosedRange<Double>,
        aboveLower: Bool = false
    ) -> Double? {
        guard let value = take(key, required: false) else { return nil }
        return number(value, key, in: range, aboveLower: aboveLower)
    }

    /// A truth value.
    package mutating func bool(_ key: String, default fallback: Bool? = nil) -> Bool {
        guard let value = take(key, required: fallback == nil) else { return fallback ?? false }
        guard let bool = value.boolValue else {
            report(.wrongType, key, "must be true or false")
            return false
        }
        return bool
    }

    /// A text of at most `lengthMax` UTF-8 bytes without control characters.
    package mutating func text(
        _ key: String,
        lengthMax: Int = 200,
        default fallback: String? = nil
    ) -> String {
        guard let value = take(key, required: fallback == nil) else { return fallback ?? "" }
        guard let text = value.stringValue else {
            report(.wrongType, key, "must be text (put it in quotes)")
            return ""
        }
        let isPlain = text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 }
        guard text.utf8.count <= lengthMax, isPlain, fallback != nil || !text.isEmpty else {
            report(.outOfRange, key, "must be 1 to \(lengthMax) bytes of printable text")
            return ""
        }
        return text
    }

    /// One of the raw values of an enumeration.
    package mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String,
        default fallback: Choice? = nil
    ) -> Choice {
        let first = Choice.allCases[Choice.allCases.startIndex]
        guard let value = take(key, required: fallback == nil) else { return fallback ?? first }
        guard let choice = value.stringValue.flatMap(Choice.init(rawValue:)) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            report(.notAChoice, key, "must be one of: \(names)")
            return first
        }
        return choice
    }

    /// A section below this one, read by `body`.
    package mutating func section<Content>(
        _ key: String,
        _ body: (inout SectionReader) -> Content
    ) -> Content? {
        guard let value = take(key, required: true) else { return nil }
        return read(value, path(of: key), body)
    }

    /// A section below this one, read as if it were empty where it is absent.
    package mutating func optionalSection<Content>(
        _ key: String,
        _ body: (inout SectionReader) -> Content
    ) -> Content {
        read(take(key, required: false) ?? .object([:]), path(of: key), body)
    }

    /// A list of sections, each read by `body`.
    package mutating func sections<Content>(
        _ key: String,
        count: ClosedRange<Int>,
        _ body: (inout SectionReader) -> Content
    ) -> [Content] {
        elements(key, count: count).map { element, path in read(element, path, body) }
    }

    /// A list of numbers within a range.
    package mutating func numbers(
        _ key: String,
        count: ClosedRange<Int>,
        in range: ClosedRange<Double>
    ) -> [Double] {
        elements(key, count: count).compactMap { element, path in
            guard let number = element.doubleValue, range.contains(number) else {
                problems.add(
                    .outOfRange,
                    at: path,
                    "must be a number between \(range.lowerBound) and \(range.upperBound)"
                )
                return nil
            }
            return number
        }
    }

    /// A list of texts, each of 1 to `lengthMax` UTF-8 bytes of printable text.
    package mutating func texts(
        _ key: String,
        count: ClosedRange<Int>,
        lengthMax: Int
    ) -> [String] {
        elements(key, count: count).compactMap { element, path in
            guard let text = element.stringValue, (1...lengthMax).contains(text.utf8.count),
                text.unicodeScalars.allSatisfy({ $0.value >= 32 })
            else {
                problems.add(
                    .outOfRange,
                    at: path,
                    "must be 1 to \(lengthMax) bytes of printable text"
                )
                return nil
            }
            return text
        }
    }

    /// A list of raw values of an enumeration, each at most once.
    package mutating func choices<Choice: RawRepresentable<String> & CaseIterable & Hashable>(
        _ key: String,
        count: ClosedRange<Int>
    ) -> [Choice] {
        var result: [Choice] = []
        for (element, path) in elements(key, count: count) {
            guard let choice = element.stringValue.flatMap(Choice.init(rawValue:)) else {
                let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                problems.add(.notAChoice, at: path, "must be one of: \(names)")
                continue
            }
            guard !result.contains(choice) else {
                problems.add(.inconsistent, at: path, "stands twice")
                continue
            }
            result.append(choice)
        }
        return result
    }

    /// An object kept as it is, for a part that another module validates.
    package mutating func object(_ key: String) -> JSONValue {
        guard let value = take(key, required: true) else { return .object([:]) }
        guard value.objectValue != nil else {
            report(.wrongType, key, "must be a section with keys and values")
            return .object([:])
        }
        return value
    }

    /// Reports the members that were never asked for.
    package func finish() {
        for key in members.keys.sorted() where !known.contains(key) {
            problems.add(.unknownKey, at: path(of: key), "is not a known key")
        }
    }

    private mutating func take(_ key: String, required: Bool) -> JSONValue? {
        known.insert(key)
        if let value = members[key], !value.isNull { return value }
        if required { report(.missing, key, "is missing") }
        return nil
    }

    private mutating func elements(
        _ key: String,
        count: ClosedRange<Int>
    ) -> [(JSONValue, String)] {
        guard let value = take(key, required: count.lowerBound > 0) else { return [] }
        guard let elements = value.arrayValue else {
            report(.wrongType, key, "must be a list")
            return []
        }
        if !count.contains(elements.count) {
            report(
                .outOfRange,
                key,
                "must have \(count.lowerBound) to \(count.upperBound) entries"
            )
        }
        return elements.prefix(count.upperBound).enumerated().map { index, element in
            (element, "\(path(of: key))[\(index)]")
        }
    }

    private func number(
        _ value: JSONValue,
        _ key: String,
        in range: ClosedRange<Double>,
        aboveLower: Bool
    ) -> Double? {
        guard let number = value.doubleValue else {
            report(.wrongType, key, "must be a number")
            return nil
        }
        guard range.contains(number), !aboveLower || number > range.lowerBound else {
            let lower = "\(aboveLower ? "above" : "at least") \(range.lowerBound)"
            report(.outOfRange, key, "must be \(lower) and at most \(range.upperBound)")
            return nil
        }
        return number
    }

    private func read<Content>(
        _ value: JSONValue,
        _ path: String,
        _ body: (inout SectionReader) -> Content
    ) -> Content {
        var reader = SectionReader(value, path: path, problems: problems)
        let content = body(&reader)
        reader.finish()
        return content
    }
}
