/// The two orders of samples in an image with several samples a pixel (PS3.3 C.7.6.3.1.3).
enum Planes {
    /// Turns planes one after the other (R…R G…G B…B) into pixels (RGB RGB …).
    static func interleaved(_ samples: [Int32], planes: Int) -> [Int32] {
        let size = samples.count / planes
        var result = [Int32](repeating: 0, count: samples.count)
        for plane in 0..<planes {
            for index in 0..<size {
                result[index * planes + plane] = samples[plane * size + index]
            }
        }
        return result
    }
}
