import Glibc

/// Lists of strings as C takes them: null-terminated arrays of null-terminated strings.
enum CStrings {
    /// Calls `body` with every list; the memory is gone afterwards.
    static func with<Result>(
        _ lists: [[String]],
        _ body: ([UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>]) -> Result
    ) -> Result {
        let copies = unsafe lists.map { list in
            let copy = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
                .allocate(capacity: list.count + 1)
            for (index, text) in list.enumerated() { unsafe copy[index] = strdup(text) }
            unsafe copy[list.count] = nil
            return unsafe copy
        }
        defer {
            for unsafe(copy, list) in unsafe zip(copies, lists) {
                for index in list.indices { unsafe free(copy[index]) }
                unsafe copy.deallocate()
            }
        }
        return unsafe body(copies)
    }
}
