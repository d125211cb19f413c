extension String {
    /// The text without spaces and NULs at its end, and without spaces at its start if `leading`.
    func trimmingASCIIPadding(leading: Bool = true) -> String {
        var view = unicodeScalars[...]
        while let last = view.last, last == " " || last == "\0" { view.removeLast() }
        while leading, view.first == " " { view.removeFirst() }
        return String(view)
    }
}
