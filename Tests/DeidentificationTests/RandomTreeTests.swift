import DICOM
import Deidentification
import Testing

/// Headers of any attributes with any bytes, nested: what comes out is clean and reads as it was meant.
@Suite struct RandomTreeTests {
    /// Numbers of a linear congruential generator; the same seed gives the same tree.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
        }
    }

    private static let token = "Zyxwvutsrq"
    private static let attributes = StandardAttributes.all.filter {
        !StandardAttributes.structural.contains($0.tag)
    }

    private static func element(_ numbers: inout Numbers, depth: Int) -> DataElement {
        let (tag, usual) = attributes[Int.random(in: attributes.indices, using: &numbers)]
        // A writer's mistake is a representation that the dictionary does not name.
        let vr =
            Int.random(in: 0..<8, using: &numbers) == 0
            ? VR.allCases[Int.random(in: VR.allCases.indices, using: &numbers)] : usual
        if vr == .sq {
            let items = depth == 0 ? 0 : Int.random(in: 0...2, using: &numbers)
            return DataElement(
                tag: tag,
                vr: .sq,
                value: .items((0..<items).map { _ in tree(&numbers, depth: depth - 1, count: 6) })
            )
        }
        var bytes: [UInt8]
        if vr.isText {
            bytes = Array(token.utf8)
            if Bool.random(using: &numbers) { bytes += Array("\\\(token)".utf8) }
        } else {
            bytes = (0..<Int.random(in: 0...24, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
        }
        let unit = max(2, vr.swapUnit)
        while !bytes.count.isMultiple(of: unit) { bytes.append(vr == .ui ? 0 : 0x20) }
        return DataElement(tag: tag, vr: vr, value: .bytes(bytes))
    }

    private static func tree(_ numbers: inout Numbers, depth: Int, count: Int) -> DataSet {
        var dataSet = DataSet()
        for _ in 0..<count { dataSet.insert(element(&numbers, depth: depth)) }
        return dataSet
    }

    @Test func `what comes of any header is clean, reads as it was meant, and is the same again`()
        throws
    {
        var search = LeakSearch()
        search.add(word: Self.token)
        let deidentifier = try TestKeys.deidentifier()
        var released = 0
        for seed in UInt64(1)...150 {
            var numbers = Numbers(state: seed)
            var slice = HeadSlice()
            for element in Self.tree(&numbers, depth: 3, count: 60) {
                slice.dataSet.insert(element)
            }
            let bytes: [UInt8]
            do throws(DICOMError) {
                let syntaxes: [TransferSyntax] = [
                    .explicitVRLittleEndian, .explicitVRBigEndian, .implicitVRLittleEndian,
                    .deflatedExplicitVRLittleEndian,
                ]
                bytes = try DICOMFile.write(
                    dataSet: slice.dataSet,
                    transferSyntax: syntaxes[Int(seed % 4)]
                )
            } catch {
                Issue.record("seed \(seed): the input cannot be written, \(error)")
                continue
            }
            do throws(QuarantineReason) {
                let file: DICOMFile
                do throws(DICOMError) { file = try DICOMFile(reading: bytes) } catch {
                    throw QuarantineReason(error)
                }
                let output = try deidentifier.deidentify(file)
                #expect(search.hits(in: output.dicomBytes).isEmpty, "seed \(seed)")
                let again = try deidentifier.deidentify(file)
                #expect(again.dicomBytes == output.dicomBytes, "seed \(seed)")
                let read = try? DICOMFile(reading: output.dicomBytes)
                #expect(read?.anomalies.isEmpty == true, "seed \(seed)")
                // Values are padded to even length on the way, so written forms are compared.
                let written = try? DICOMFile.write(dataSet: output.dataSet)
                #expect(written != nil, "seed \(seed)")
                let isSame = (try? read.map { try DICOMFile.write(dataSet: $0.dataSet) }) == written
                #expect(isSame, "seed \(seed)")
                released += 1
            } catch {
                #expect(search.hits(in: Array(error.description.utf8)).isEmpty, "seed \(seed)")
            }
        }
        #expect(released > 100, "\(released) released")
    }
}
