import HeadCT
import Testing

struct CSVReaderTests {
    private func read(_ bytes: [UInt8]) throws -> [[String]] {
        var reader = try CSVReader(bytes)
        var rows = [reader.header]
        while let record = try reader.next() { rows.append(record.fields) }
        return rows
    }

    private func read(_ text: String) throws -> [[String]] { try read(Array(text.utf8)) }

    @Test(arguments: ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2", "a;b\n1;2\n", "a\tb\n1\t2\n"])
    func `delimiters and line ends are found out`(text: String) throws {
        #expect(try read(text) == [["a", "b"], ["1", "2"]])
    }

    @Test func `quotes hold delimiters, line ends and quotes`() throws {
        let text = "a;b\n\"x;\r\ny\";\"say \"\"no\"\"\"\n"
        #expect(try read(text) == [["a", "b"], ["x;\r\ny", "say \"no\""]])
    }

    @Test func `a quoted comma in the header does not decide the delimiter`() throws {
        #expect(try read("\"a,b,c\";d\n1;2") == [["a,b,c", "d"], ["1", "2"]])
    }

    @Test func `byte-order marks, UTF-16 and Latin-1 are read`() throws {
        #expect(try read([0xEF, 0xBB, 0xBF] + Array("ä,b".utf8)) == [["ä", "b"]])
        #expect(try read([0xE4, 0x2C, 0x62]) == [["ä", "b"]])
        let units = Array("ä\tb".utf16)
        #expect(
            try read([0xFF, 0xFE] + units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
                == [["ä", "b"]]
        )
        #expect(
            try read([0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] })
                == [["ä", "b"]]
        )
    }

    @Test func `blank lines are passed over but counted`() throws {
        var reader = try CSVReader(Array("a,b\n\n,\n1,2".utf8))
        let record = try #require(try reader.next())
        #expect(record.row == 4)
        #expect(try reader.next() == nil)
    }

    @Test func `fields are trimmed and short records have empty fields`() throws {
        var reader = try CSVReader(Array("name , value\n 1 \n".utf8))
        let record = try #require(try reader.next())
        #expect(record.fields == ["1"])
        #expect(record.field(reader.column("VALUE")) == "")
        #expect(reader.column("nothing") == nil)
    }

    @Test func `an empty file and an open quote are errors`() {
        #expect(code { _ = try read("") } == .malformedCSV)
        #expect(code { _ = try read("a,b\n\"1,2\n") } == .malformedCSV)
    }
}
