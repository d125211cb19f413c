extension SliceStack {
    /// How many slices differ from each other, counted up to a limit.
    ///
    /// Copies of one picture are no volume, wherever their headers place them.
    func differentPictures(upTo limit: Int) -> Int {
        let sorted = slices.sorted {
            $0.location == $1.location
                ? $0.values.lexicographicallyPrecedes($1.values) : $0.location < $1.location
        }
        var found: [Reduced] = []
        for slice in sorted {
            guard found.count < limit else { break }
            if !found.contains(where: { $0.shows(slice) }) { found.append(slice) }
        }
        return found.count
    }
}

extension SliceStack.Reduced {
    /// The most HU by which noise and letters let two copies of a block of pixels differ.
    private static let tolerance = 30

    /// Whether all but one block in fifty are as bright as in another slice.
    fileprivate func shows(_ other: Self) -> Bool {
        guard values.count == other.values.count else { return false }
        var left = values.count / 50
        for index in values.indices
        where abs(Int(values[index]) - Int(other.values[index])) > Self.tolerance {
            left -= 1
            if left < 0 { return false }
        }
        return true
    }
}
