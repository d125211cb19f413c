/// Decodes the pixel data of files: in this process, or where a hostile file can do no harm.
package protocol FrameDecoding: Sendable {
    /// Decodes one frame.
    ///
    /// - Parameters:
    ///   - file: A file that was read to its end.
    ///   - frame: 0 to Number of Frames - 1.
    /// - Returns: The stored values.
    /// - Throws: What ``PixelDecoder`` throws, and `.decoderEnded`, `.decodingTimeLimit` or
    ///   `.decoderUnavailable` where another process decodes.
    func decode(_ file: DICOMFile, frame: Int) throws(DICOMError) -> DecodedFrame
}

/// Decodes in this process.
package struct DirectFrameDecoder: FrameDecoding {
    package init() {}

    package func decode(_ file: DICOMFile, frame: Int) throws(DICOMError) -> DecodedFrame {
        try PixelDecoder.decode(file, frame: frame)
    }
}
