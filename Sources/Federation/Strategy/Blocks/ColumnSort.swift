extension [Double] {
    /// Sorts finite numbers ascending; by insertion where they are few, as the sites of a round are.
    mutating func sortColumn() {
        guard count <= 32 else { return sort() }
        unsafe withUnsafeMutableBufferPointer { values in
            for index in values.indices.dropFirst() {
                let value = unsafe values[index]
                var place = index
                while place > 0, unsafe values[place - 1] > value {
                    unsafe values[place] = values[place - 1]
                    place -= 1
                }
                unsafe values[place] = value
            }
        }
    }
}
