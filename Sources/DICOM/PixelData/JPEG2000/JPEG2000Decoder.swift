import COpenJPEG

/// JPEG 2000 lossless and lossy (ITU-T T.800), through OpenJPEG.
enum JPEG2000Decoder {
    /// Decodes one frame.
    ///
    /// Size, tiles and packets are checked here before OpenJPEG takes memory for them; a stream cut
    /// short is an error, not a blurred image.
    ///
    /// `bytes` are one whole codestream, or a JP2 file, all fragments joined.
    static func decode(
        _ bytes: [UInt8],
        shape: FrameShape
    ) throws(CodestreamError) -> CodestreamImage {
        let range = try JPEG2000Container.codestream(in: bytes)
        let header = try JPEG2000Header(bytes, in: range, shape: shape)
        let result = unsafe bytes.withUnsafeBytes { buffer in
            var source = unsafe JPEG2000Source(UnsafeRawBufferPointer(rebasing: buffer[range]))
            return unsafe samples(&source, shape)
        }
        switch result {
        case .success(let samples):
            return CodestreamImage(samples: samples, precision: header.precision)
        case .failure(let error): throw error
        }
    }

    private static func samples(
        _ source: UnsafeMutablePointer<JPEG2000Source>,
        _ shape: FrameShape
    ) -> Result<[Int32], CodestreamError> {
        guard let stream = unsafe JPEG2000Source.makeStream(source) else { return .failure(memory) }
        defer { unsafe opj_stream_destroy(stream) }
        guard let codec = unsafe opj_create_decompress(OPJ_CODEC_J2K) else {
            return .failure(memory)
        }
        defer { unsafe opj_destroy_codec(codec) }
        unsafe JPEG2000Source.collectMessages(of: codec, source)
        var parameters = opj_dparameters_t()
        unsafe opj_set_default_decoder_parameters(&parameters)
        var image: UnsafeMutablePointer<opj_image_t>?
        defer { unsafe opj_image_destroy(image) }
        let decoded =
            unsafe opj_setup_decoder(codec, &parameters) == OPJ_TRUE
            && opj_decoder_set_strict_mode(codec, OPJ_TRUE) == OPJ_TRUE
            && opj_read_header(stream, codec, &image) == OPJ_TRUE
            && opj_decode(codec, stream, image) == OPJ_TRUE
        guard decoded, let image = unsafe image else {
            let reason = unsafe source.pointee.message ?? "no reason given"
            return .failure(.malformed("OpenJPEG: " + reason.filter(\.isPlain)))
        }
        return unsafe interleave(image.pointee, shape)
    }

    private static func interleave(
        _ image: opj_image_t,
        _ shape: FrameShape
    ) -> Result<[Int32], CodestreamError> {
        guard unsafe Int(image.numcomps) == shape.samplesPerPixel else {
            return .failure(.mismatch("OpenJPEG gave another number of components"))
        }
        var samples: [Int32] = []
        for index in 0..<shape.samplesPerPixel {
            let component = unsafe image.comps[index]
            guard unsafe Int(component.w) == shape.columns,
                unsafe Int(component.h) == shape.rows, let data = unsafe component.data
            else { return .failure(.mismatch("OpenJPEG gave an image of another size")) }
            unsafe samples.append(
                contentsOf: UnsafeBufferPointer(start: data, count: shape.pixelCount)
            )
        }
        return .success(
            shape.samplesPerPixel == 1
                ? samples : Planes.interleaved(samples, planes: shape.samplesPerPixel)
        )
    }

    private static let memory = CodestreamError.unsupported("no memory for a JPEG 2000 decoder")
}

extension Character {
    /// Whether the character may stand in an error message on one line.
    fileprivate var isPlain: Bool { isASCII && !isNewline }
}
