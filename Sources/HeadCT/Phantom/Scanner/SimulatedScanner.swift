/// One CT scanner and its head protocol, the `scanner:` part of a simulated hospital.
///
/// Every key has a default; unknown keys are refused.
package struct SimulatedScanner: Sendable, Hashable, Codable {
    /// The maker as written into (0008,0070), after the word SYNTHETIC.
    package var manufacturer = "Phantomwerk"
    /// The model as written into (0008,1090).
    package var model = "Model 1"
    /// The sharpness of the reconstruction.
    package var kernel = ReconstructionKernel.soft
    /// The kernel's name in the maker's style, as written into (0018,1210).
    package var kernelName = "STANDARD"
    /// The slice thickness in mm; slices touch each other.
    package var sliceThicknessMM = 5.0
    /// Rows and columns, 32 to 512.
    package var matrix = 128
    /// The edge of the picture in mm.
    package var fieldOfViewMM = 230.0
    /// The height of the lowest slice below the middle of the adult head, in mm (negative).
    package var lowestHeightMM = -42.0
    /// The tube voltage in kV; written into the header only.
    package var tubeVoltageKV = 120
    /// The tube current-time product in mAs, which sets the noise.
    package var exposureMAS = 250.0
    /// A further factor of the noise.
    package var noiseFactor = 1.0
    /// What this scanner adds to every attenuation, in HU.
    package var offsetHU = 0.0
    /// The difference of grey and white matter in HU, at the scanner's spectrum.
    package var greyWhiteContrastHU = 9.0
    /// The range of gantry tilts in degrees.
    package var tiltDegrees = [0.0, 0.0]
    /// The greatest rotation of the head in the picture, in degrees to either side.
    package var rotationDegrees = 6.0
    /// The greatest displacement of the head, in mm.
    package var shiftMM = 6.0
    /// Whether pixels outside the inscribed circle carry a padding value below air.
    package var padsOutsideCircle = false
    /// Whether pixels are stored as signed numbers, in 16 instead of 12 bits.
    package var storesSigned = false

    /// The default scanner: 5 mm, soft kernel, 250 mAs.
    package init() {}

    enum CodingKeys: String, CodingKey, CaseIterable {
        case manufacturer, model, kernel, kernelName, sliceThicknessMM, matrix, fieldOfViewMM
        case lowestHeightMM, tubeVoltageKV, exposureMAS, noiseFactor, offsetHU
        case greyWhiteContrastHU, tiltDegrees, rotationDegrees, shiftMM, padsOutsideCircle
        case storesSigned
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(otherThan: CodingKeys.self)
        let box = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys, _ value: inout Value) throws {
            value = try box.decodeIfPresent(Value.self, forKey: key) ?? value
        }
        try read(.manufacturer, &manufacturer)
        try read(.model, &model)
        try read(.kernel, &kernel)
        try read(.kernelName, &kernelName)
        try read(.sliceThicknessMM, &sliceThicknessMM)
        try read(.matrix, &matrix)
        try read(.fieldOfViewMM, &fieldOfViewMM)
        try read(.lowestHeightMM, &lowestHeightMM)
        try read(.tubeVoltageKV, &tubeVoltageKV)
        try read(.exposureMAS, &exposureMAS)
        try read(.noiseFactor, &noiseFactor)
        try read(.offsetHU, &offsetHU)
        try read(.greyWhiteContrastHU, &greyWhiteContrastHU)
        try read(.tiltDegrees, &tiltDegrees)
        try read(.rotationDegrees, &rotationDegrees)
        try read(.shiftMM, &shiftMM)
        try read(.padsOutsideCircle, &padsOutsideCircle)
        try read(.storesSigned, &storesSigned)
    }

    /// The edge of a pixel in mm.
    package var pixelSpacingMM: Double { fieldOfViewMM / Double(matrix) }

    /// The standard deviation of the noise in HU near the middle of a uniform region.
    ///
    /// 4 HU × √(5 mm / thickness) × √(500 mAs / exposure) × the kernel's factor (Adv CT 2019;8:17).
    package var noiseHU: Double {
        4 * (5 / sliceThicknessMM).squareRoot() * (500 / exposureMAS).squareRoot()
            * kernel.noiseFactor * noiseFactor
    }

    /// What is wrong with these settings; empty if nothing is.
    var problems: [String] {
        var problems: [String] = []
        func require(_ condition: Bool, _ problem: String) {
            if !condition { problems.append("scanner." + problem) }
        }
        require((32...512).contains(matrix), "matrix must be 32 to 512")
        require((0.5...15).contains(sliceThicknessMM), "sliceThicknessMM must be 0.5 to 15")
        require((180...400).contains(fieldOfViewMM), "fieldOfViewMM must be 180 to 400")
        require((-60 ... -10).contains(lowestHeightMM), "lowestHeightMM must be -60 to -10")
        require((10...2000).contains(exposureMAS), "exposureMAS must be 10 to 2000")
        require((0...10).contains(noiseFactor), "noiseFactor must be 0 to 10")
        require((-20...20).contains(offsetHU), "offsetHU must be -20 to 20")
        require((0...20).contains(greyWhiteContrastHU), "greyWhiteContrastHU must be 0 to 20")
        let isRange = tiltDegrees.count == 2 && tiltDegrees[0] <= tiltDegrees[1]
        require(
            isRange && tiltDegrees.allSatisfy { abs($0) <= 25 },
            "tiltDegrees must be two ascending angles within -25 to 25"
        )
        require((0...20).contains(rotationDegrees), "rotationDegrees must be 0 to 20")
        require((0...15).contains(shiftMM), "shiftMM must be 0 to 15")
        return problems
    }
}
