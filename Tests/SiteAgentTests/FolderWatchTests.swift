import Foundation
import SiteAgent
import Testing

@Suite struct FolderWatchTests {
    private static func file(_ path: String, _ content: String, age: Int = 0) -> FolderWatch.File {
        FolderWatch.File(path: path, fingerprint: content, age: .seconds(age))
    }

    @Test func `old files are ready at once, and told once`() {
        var watch = FolderWatch(rest: .seconds(10))
        let files = [Self.file("/a", "1", age: 100), Self.file("/b", "1", age: 10)]
        #expect(watch.look(files, at: .zero)?.files == 2)
        #expect(watch.look(files, at: .seconds(5)) == nil)
        #expect(watch.look(files, at: .seconds(500)) == nil)
    }

    @Test func `a file that grows waits until it rests`() {
        var watch = FolderWatch(rest: .seconds(10))
        #expect(watch.look([Self.file("/a", "1")], at: .zero) == nil)
        #expect(watch.look([Self.file("/a", "2")], at: .seconds(9)) == nil)
        // Another look finds it as it was, but not for long enough.
        #expect(watch.look([Self.file("/a", "2")], at: .seconds(18)) == nil)
        #expect(watch.look([Self.file("/a", "2")], at: .seconds(19))?.files == 1)
    }

    @Test func `an old time of change does not make a file that grows rest`() {
        var watch = FolderWatch(rest: .seconds(10))
        // Copied with its time kept, as by `cp -p` at the end, and changed afterwards.
        _ = watch.look([Self.file("/a", "1", age: 5)], at: .zero)
        #expect(watch.look([Self.file("/a", "2", age: 1000)], at: .seconds(11)) == nil)
        // A clock that is ahead gives a negative age for ever.
        #expect(watch.look([Self.file("/a", "2", age: -500)], at: .seconds(21))?.files == 1)
    }

    @Test func `files at rest are told while others still grow, which are named`() {
        var watch = FolderWatch(rest: .seconds(10))
        let old = Self.file("/a", "1", age: 100)
        let ready = watch.look([old, Self.file("/b", "1")], at: .zero)
        #expect(ready?.files == 1 && ready?.unsettled == ["/b"])
        #expect(watch.look([old, Self.file("/b", "2")], at: .seconds(5)) == nil)
        #expect(watch.look([old, Self.file("/b", "2")], at: .seconds(15))?.files == 1)
    }

    @Test func `changed and vanished files are told`() {
        var watch = FolderWatch(rest: .seconds(10))
        let other = Self.file("/b", "1", age: 100)
        _ = watch.look([Self.file("/a", "1", age: 100), other], at: .zero)
        // It is being written over: neither gone nor changed yet.
        let writing = watch.look([Self.file("/a", "2"), other], at: .seconds(20))
        #expect(writing == nil)
        #expect(watch.look([Self.file("/a", "2"), other], at: .seconds(30))?.files == 1)
        let gone = watch.look([other], at: .seconds(40))
        #expect(gone?.files == 1 && gone?.unsettled.isEmpty == true)
        #expect(watch.look([other], at: .seconds(50)) == nil)
    }
}
