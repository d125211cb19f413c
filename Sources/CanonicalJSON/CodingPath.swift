/// Writes coding paths as `rounds[2].loss`, the form used in errors.
enum CodingPath {
    static func text(of path: [any CodingKey]) -> String {
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return text
    }

    static func text(of error: DecodingError) -> String {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            text(of: context.codingPath)
        case .keyNotFound(let key, let context):
            text(of: context.codingPath + [key])
        @unknown default:
            "an unknown place"
        }
    }
}
