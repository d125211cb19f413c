import DICOM
import HeadCT
import Testing

struct HounsfieldScaleTests {
    private func scale(
        slope: Double = 1,
        intercept: Double = -1024,
        padding: Int? = nil,
        bits: Int = 16,
        signed: Bool = true
    ) throws -> HounsfieldScale {
        var dataSet = DataSet()
        try dataSet.set(.rescaleSlope, .ds, doubles: [slope])
        try dataSet.set(.rescaleIntercept, .ds, doubles: [intercept])
        if let padding { try dataSet.set(.pixelPaddingValue, .us, ints: [padding]) }
        return try HounsfieldScale(dataSet, bitsStored: bits, isSigned: signed)
    }

    @Test func `slope and intercept are applied and rounded`() throws {
        #expect(try scale().hounsfield([1024, 1064, 0]) == [0, 40, -1024])
        #expect(try scale(slope: 0.5, intercept: 0.4).hounsfield([10, 81]) == [5, 41])
    }

    @Test func `padding and what lies below the scale become air`() throws {
        #expect(try scale().hounsfield([-2000, -1, 1024]) == [-1000, -1000, 0])
        #expect(try scale(intercept: 0, padding: 64036).hounsfield([-1500, 5]) == [-1000, 5])
    }

    @Test func `padding of a value that is tissue is not obeyed`() throws {
        #expect(try scale(intercept: 0, padding: 0).hounsfield([0, 40]) == [0, 40])
    }

    @Test func `metal at the end of the scale is kept`() throws {
        #expect(try scale().hounsfield([4095]) == [3071])
        #expect(try scale(intercept: 0).hounsfield([3071, 30000]) == [3071, 30000])
    }

    @Test func `unsigned twelve-bit data that has wrapped is unwrapped`() throws {
        let wrapped = try scale(intercept: 0, bits: 12, signed: false)
        #expect(wrapped.hounsfield([40, 3096, 4095, 3000]) == [40, -1000, -1, 3000])
        #expect(try scale(bits: 12, signed: false).hounsfield([4095]) == [3071])
    }

    @Test func `an image without a scale is refused`() throws {
        #expect(
            code { _ = try HounsfieldScale(DataSet(), bitsStored: 12, isSigned: false) }
                == .missingAttribute
        )
        #expect(code { _ = try scale(slope: 0) } == .invalidAttribute)
    }
}
