/// The stored values of a slice.
enum PhantomPixels {
    /// The stored value outside the circle of a scanner that pads.
    static func padding(_ scanner: SimulatedScanner) -> Int { scanner.storesSigned ? -2000 : 0 }

    /// Little-endian stored values of a slice in HU, with intercept -1024 and slope 1.
    static func bytes(of slice: [Int16], scanner: SimulatedScanner) -> [UInt8] {
        var stored = slice.map { Int($0) + 1024 }
        if scanner.padsOutsideCircle { pad(&stored, scanner) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(stored.count * 2)
        for value in stored {
            let word = UInt16(bitPattern: Int16(truncatingIfNeeded: value))
            bytes.append(UInt8(truncatingIfNeeded: word))
            bytes.append(UInt8(truncatingIfNeeded: word >> 8))
        }
        return bytes
    }

    /// Burns a text into the upper left corner, as bright as bone.
    static func burn(_ text: String, into slice: inout [Int16], matrix: Int) {
        let scale = max(1, matrix / 256)
        let margin = 3 * scale
        for dot in BitmapFont.dots(of: text, scale: scale) {
            let (row, column) = (dot.row + margin, dot.column + margin)
            guard row < matrix, column < matrix else { continue }
            slice[row * matrix + column] = 1500
        }
    }

    private static func pad(_ stored: inout [Int], _ scanner: SimulatedScanner) {
        let matrix = scanner.matrix
        let half = Double(matrix - 1) / 2
        let limit = (half + 0.5) * (half + 0.5)
        for row in 0..<matrix {
            let y = Double(row) - half
            for column in 0..<matrix {
                let x = Double(column) - half
                if x * x + y * y > limit { stored[row * matrix + column] = padding(scanner) }
            }
        }
    }
}
