import Foundation
import HeadCT
import Testing

struct PhantomAttenuationTests {
    private func scanner(noise: Double) -> SimulatedHospital {
        var settings = SimulatedHospital.small(exams: 2, prevalence: 0)
        settings.scanner.matrix = 192
        settings.scanner.sliceThicknessMM = 5
        settings.scanner.noiseFactor = noise
        settings.scanner.exposureMAS = 300
        settings.calcificationFactor = 0
        settings.burnedInSlices = 0
        return settings
    }

    @Test func `tissues have their attenuation before noise`() throws {
        var means: [Double: [Double]] = [:]
        for volume in try PhantomHospital(scanner(noise: 0)).volumes().values {
            for slice in volume.slices { collect(slice, into: &means) }
        }
        // White matter, deep nuclei, cerebrospinal fluid in the ventricles (evaluation.md 6).
        for expected in [28.0, 38, 5] {
            let patches = means[expected] ?? []
            #expect(patches.count > 20, "only \(patches.count) patches near \(expected) HU")
            let mean = patches.reduce(0, +) / Double(max(1, patches.count))
            #expect(abs(mean - expected) < 1, "\(mean) HU instead of \(expected)")
        }
    }

    /// Sorts even patches of 5 x 5 pixels in the middle of the head by the nearest tissue.
    private func collect(_ slice: CTSlice, into means: inout [Double: [Double]]) {
        let columns = slice.plane.columns
        for row in stride(from: columns / 3, to: 2 * columns / 3, by: 2) {
            for column in stride(from: columns / 3, to: 2 * columns / 3, by: 2) {
                var values: [Int] = []
                for down in 0..<5 {
                    for across in 0..<5 {
                        let pixel = (row + down) * columns + column + across
                        values.append(Int(slice.hounsfield[pixel]))
                    }
                }
                guard let low = values.min(), let high = values.max(), high - low <= 1 else {
                    continue
                }
                let mean = Double(values.reduce(0, +)) / 25
                for tissue in [28.0, 38, 5] where abs(mean - tissue) < 2.5 {
                    means[tissue, default: []].append(mean)
                }
            }
        }
    }

    @Test(arguments: ReconstructionKernel.allCases)
    func `noise has the standard deviation of the law`(kernel: ReconstructionKernel) throws {
        var noisy = scanner(noise: 1)
        noisy.scanner.kernel = kernel
        var quiet = noisy
        quiet.scanner.noiseFactor = 0
        let first = try PhantomHospital(noisy).volumes()
        let second = try PhantomHospital(quiet).volumes()
        var sum = 0.0
        var count = 0.0
        for (study, volume) in first {
            let other = try #require(second[study])
            for (left, right) in zip(volume.slices, other.slices) {
                let columns = left.plane.columns
                for row in columns / 3..<2 * columns / 3 {
                    for column in columns / 3..<2 * columns / 3 {
                        let pixel = row * columns + column
                        guard right.hounsfield[pixel] > -900, right.hounsfield[pixel] < 2000 else {
                            continue
                        }
                        let difference =
                            Double(left.hounsfield[pixel]) - Double(right.hounsfield[pixel])
                        sum += difference * difference
                        count += 1
                    }
                }
            }
        }
        let measured = (sum / count).squareRoot()
        #expect(abs(measured / noisy.scanner.noiseHU - 1) < 0.1)
    }

    @Test func `the law of noise follows thickness, exposure and kernel`() {
        var scanner = SimulatedScanner()
        scanner.exposureMAS = 500
        #expect(abs(scanner.noiseHU - 4) < 1e-9)
        scanner.sliceThicknessMM = 1.25
        #expect(abs(scanner.noiseHU - 8) < 1e-9)
        scanner.exposureMAS = 125
        #expect(abs(scanner.noiseHU - 16) < 1e-9)
        scanner.kernel = .sharp
        #expect(abs(scanner.noiseHU - 40) < 1e-9)
    }

    @Test func `pixels stay within twelve bits and follow the scanner's offset`() throws {
        var settings = scanner(noise: 0)
        settings.hardwareFraction = 1
        let plain = try PhantomHospital(settings).volumes()
        settings.scanner.offsetHU = 7
        let shifted = try PhantomHospital(settings).volumes()
        var saturated = 0
        for (study, volume) in plain {
            let other = try #require(shifted[study])
            for (left, right) in zip(volume.slices, other.slices) {
                #expect(left.hounsfield.allSatisfy { (-1024...3071).contains($0) })
                saturated += left.hounsfield.count { $0 == 3071 }
                let pairs = zip(left.hounsfield, right.hounsfield)
                #expect(pairs.allSatisfy { $1 == min(3071, $0 + 7) || abs($1 - $0 - 7) <= 1 })
            }
        }
        #expect(saturated > 0, "metal does not saturate")
    }
}
