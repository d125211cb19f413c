import Foundation
import Testing

/// A 40 x 32 image and its codestreams, written by other programs than ours.
///
/// Made with pyjpegls 1.5.1 (CharLS) and pylibjpeg-openjpeg 2.6.0 (OpenJPEG) from the formulas of
/// `ramp` and `colours`; base64.
enum CodestreamVectors {
    static let columns = 40
    static let rows = 32

    /// Signed values of 12 bits, -1000 to 1343.
    static let ramp: [Int32] = (0..<rows * columns).map { index in
        let (y, x) = index.quotientAndRemainder(dividingBy: columns)
        return Int32(40 * x + 25 * y + (7 * x + 13 * y) % 9 - 1000)
    }

    /// Interleaved 8-bit colours made of `ramp`.
    static let colours: [Int32] = ramp.flatMap { value in
        let grey = value + 1000
        return [grey & 0xFF, (3 * value + 5) & 0xFF, (255 - grey / 10) & 0xFF]
    }

    static func bytes(_ base64: String) throws -> [UInt8] {
        let joined = base64.filter { !$0.isWhitespace }
        return [UInt8](try #require(Data(base64Encoded: joined)))
    }

    /// `ramp` as 12-bit two's complement, lossless.
    static let jpegLS12Bit = """
        /9j/9wALDAAgACgBAREA/9oACAEBAAAAAAAAAACcupKOiqqD/3faX3680Pft16fOXGhY++paWupKOiqvffPKnfX1ozdu
        iD5csVbaJEV1n3nU03G0meltpKSiUIJJIRj6QQQjFD05+96c/enP3uVrzumV5zla85WvOczXqxSv9Sv9Slf6lf6lKxwV
        KT6lISlCEpR2QhKUIQlKEJShCEpQhKUdUpKUISlCEJShCcSUoQlKEISlCEpQhCUoR+kIQhKUISlCEJShkhCUoQlKEcta
        ELShHL9w5aUI5a0ctKEcv5aO5a0ctKEctaOWlCFqMtHLWhHLWjlrRy7lrR3LX3LWjuWvuXyrdy19y193LWjlrWJQhKUI
        QtKEJShCFpUxpShCEpQhKUIQlKEcIWlCEpQhC0oQlKEI5Qu5a0dy1o5a0dy1qEdy19y1o7lr7lrSoCFpQhKUIQtKEJSh
        CNFpQhC0oQtKEctKEeqUI5a0IWlCOWtCFpQkRy1oRy1o5a0I5d6hy1o7lrRy1o7lrRy8FpQhKUIQtKEJSj+KUoQlKEIS
        lCEpQhCUoQIQtKEJShCFpQhKFOQhaUIWlCELShCUoQhdiUIQtKELShCFp79JShCEpQhKUIQtKEJShHiFpQhC0oQtKEcp
        pQhaUIQtKELShCFpQhafEoQlKEISlCEpS+EJShCUoQhKUISlCEJShFCEpQhKUIQtKNeyUIQtKELShCFpQhaUIQtPSEIW
        lCFpQhEcO5a+7lr7lr7uWvuWvu6Za+7lr7lr7fotaOWlCOWtHLShHLShC0o4Ry0oRy1o6GHdy19y193LX3LWjuWvuXIt
        KELShCFpW8kpQhCUoQlKEIWlCEpQhC0o2QhaUIWlCMeCUIWlCOWtCFpQjlrQhaUI5ci0I5a0cuBLuWtHLWjuWtHLWjuW
        tHLWjtuWtHctaP85aO5a0ctaO5a0ctaO5a0cteiUISlCERR7lrR3LX3LWjuWvuWtHctaOly19y1oa7FpQhaUIQtKELSh
        CFpQhKUIQtKiEIWlCMdXdy19y193LX3LWjuWvuWtHdBa+7lyIctfdy19y1o7lrRy1o7lrRy1oS7lrRxfQvuWtHctfcta
        O5a+5a0dy19y4P/Z
        """

    /// `ramp` + 1000, near-lossless with a bound of 2.
    static let jpegLSNear2 = """
        /9j/9wALDAAgACgBAREA/9oACAEBAAIAAJH/fUe939Hveo72tbVpS30/6f3/bu3+3zGNcQhTFchSs5SEZiOrO7qxGbOR
        tXERJkSRk0iJMiJMiSImsTSJtiRE0iJYm0m1ibSJuoRcy4mtF1JelxJcS5Jcl6S5LxaVpKyXpL0vSXJckvTJcl6l6XSX
        kvSXpekvtJelyl6vST0npL0vUrj1Tq6JdXRLojrdFlKI6l0R1LSOiXRYyOvKdFiSKSyakiklTclWElTFJKmpNTFJimpn
        FJKmpMU1JLJUkqSKVKIpJcqSRkqTUlTKkvKak1JUmKSKcUlSSpQq9SSKSpNSWTUlSS8JNSVmpKk1NSSpimhSkkU1JqSp
        NSVyKYqklSakqdTUyKayVJxSmplTU6kqTUlSSqJiypNSVJKkiklSVJOKSVJUypKnUlSSpr5VSamplTU6msxTeFJUypKy
        VlSa6kkU8oi6mVJUypKmVNSS4JNSRTIpqSRTUkqSpPIUkqSpJWVJqSKSVJFQyplZFMrIplSVOKdIUlZKkiklSVOuKTVB
        NSVmpKzUlSakqSaFOKak11JrKklSVKIqTU1JKmp1NSamOP/Z
        """

    /// `colours`, interleave mode none.
    static let jpegLSColourPlanes = """
        /9j/9wARCAAgACgDAREAAhEAAxEA/9oACAEBAAAAAIAAAK4AAByknNyNB/9qb579QAAAVxmxXrXpWnStUP6UpW988qSf
        fXVPm3AAMAEACDAwkAHAAABXWjL5ILlXiJksVKypgo08alCTDpU/C7JkH1SEAAAFc864kyYlFMECz99jy0tLyhSWmn7c
        MKJQ7OkoWY/pCqFFkv66LIRkrSEIyU/pkoghHdaQnBL+kTgl7bEnQABvTgnSPTgl/3FD3p8rXpxQ/pE4oe2yHuVijRqg
        BKxQQdn7nK9rHKz8go1Z+ZvvMZs/0TZ+Yh7PzhwzfVZnzchom25nG5Sv3tE/WKQ91iv1aiK8t7ENE/WK42KV++oX6xSH
        usV+r0JX6xDQtYps242KV+/oX6xSHesV+sUJSdYhoWsUjjUhPiyUKEn1KRb9SE+zQkJ9SKhepCOdSE+pDQk+pCIAAt+p
        CfaoSE+pFQvUhHOpCfUhoifUjjUhCfaIaIhPqQ0T1IRxqQn1IKMn1I31IQlLVESlSEEzwJUhC+hC0oISZKUIX0I5aW5M
        lKEEJMlCF2AAAWjRCUoISZKUIXkiEIWlySJShBGSJQhNwAAUIWlBGSIEpQhiSIRy7AEhaUIIyRKOXYAu5aUEZIlHcxJE
        MmXLsAXLSjiMkSjl2Cdy0oIyRKO5iRI5aZXcv5aOIyJKOXYJ3LSgjIko7mJEjlpldy0o5iRI5gwXUJ3LSglIko7mZEjl
        plZy0o5mRI7l8Ny0rloJSJKO5mRI5abs5aUczIkdy9G5aUcSkSUd4uZkSOWm6uWlHMyBHcvBuWlHEpAlHLyZdy0rCdXL
        SjmpAjuXY3LSjicgSjl7MO5abqWlHd81fIZj0Mx0o4nfJQx+mHMdNVLSjubvEcdOzVVy0o4peJRy/l3ctNULSjucukct
        PXXLSgtTwdKOWiWdy01QtKO526Ry0/cctKC9KUdy/lSxZy0zQtKO524Ry0ouOWlBelKO5aJVy0oL0L2WjuduEctKbjlp
        QXpSjuWmVctKC9C0o5ZVK5UqWlXty0oT0pR3LVSuWlCf4WlHLLpHctKfZaUy0KKUoQha6QhaUKPZKUI/lQjlpV7JShBe
        lKEbKFspSFpQn+EpQj6VCELSv4SlCE9KUIWkz4QtKRCf4SlCPboRy0s+FpQhN9KELSb8IWlCb6ShHae3R3LS36WlHJvp
        Ry0nfXLShN9JR3e3Ry0oSN/S0o5N9KOWk/65aUJfpKO7y6OWlCW8WlHOYP/aAAgBAgAAAAAAAAGYAAAB5RlcbhdThb7d
        AAAB4ncMLdbbwbbZa7VezVabRfTRZ7fZr6ZrNZL9YrDYK/ea7XIAAANaAAAC7AJja5veKuVIAAAJo7Kd2eLsU7sU7s8Q
        EKUV7Rg1KF5dbXTr252mmX1xwAAAA1qXglRVyUL/dL7Rb3Q7zzRhAiuS4MyfdPOr/Vw3a57XjZwc8K+BkTbRdu9m9rJ2
        XPPi2mLzYsolKve1B9a1s1nguuHhu4wsVAoVP0rPnWte7a0Z3HTuSOFE8q0r5+fiq7lW27lgJys6KacU6B71b2q+1c9m
        6YEZtBSBGfbpFNO5l/mf6L8UaIYzdIpg2t7qZ3M0+xh8jHBGTsKVBngNLm4mvybVUhizLG6SNm6OCOAX3nkxoIt/xdjj
        VwFtQuvCySdzL/M/0X4owwxm6Q9ao8Bfafy6jiqiivNHDULbBdkFkc+l9FMKGLMsW5I2boeEWiKMeXSik0T0sUaY7ZBT
        MLrwoiCGWUstpIp0RVnjlojqixRQz+XUcVUUV5o4Kq8KYBlYFEISSmolVPE2uJ9UeMU8k1yaCIpXTRPSxRpjtRHTMMrw
        olAAAAmpPJquT1UR7ok2x+uTvTVpoAllFTElREuyPlcesAysCiUM5BHKqeJtdwCHhHutGxFQj+FElrIhq4i3x9uj/aF1
        IWUhfEJpPVRHuiTbH64LXo+CVH4K5FXz6un/FHfGPNQXTBZOF8ApklbEHGIeEe6wtYioRdCiS1kmqRjPOscdI5zhdGFk
        gX+FkhsJ70n3OOtBtShSouBXIq+R10/5R3xjzUiLSAKIQv4L76znXed9o3ymkyFEi2F1/ZSCxnnWOOkc50aEUgX6Fl3t
        Dab+px5jTEFI0f0WYxvLW9tJz4jXvG2RGVFCF9xffWc6sp32jf3QRlgQ8QYjS5uLq3m3uMvUZ4UIkPgrqMru2m9rOPMa
        YgtGFfwsvKQ3ZndvdTP9F/2MMMZoIydhXMa3FzNLia/IxwRlgCvgYWjS5uLq3m3u2MSCLckbI41cBVoGEoVxO5l/i7HF
        +KNHIY6QwO7e6mf6afYwwxmgjJ0ahViGEoVwPpfRRXmizLG7Y23QM0Cs9mFDMaCLckbI41cIcoJgreThDLKWKNMU6I6Z
        hbRBggqEEtpJdRxVnjlNHDVDZBMFbj6X0UV0MWZbtHrAMYoLUFAjlVPK6aJ9UeKY7ZIZoJQraIZZSxRSRTojpmFtAqwC
        ycTiaT1UoqYk2x+sj5ehggmCtgklNREtPE2uPWAWxCq0LJxHKqeV00T+TCPd8fbELUFIVrE8mq4iqoj3R/tC1wVVBZMJ
        pPVSipiTbEuyPl6GCROTBWoVSOun9bEHGPNQWrCqcLJRTJK2S1kQ8Ii3x9sQtQUoJBPJqu+aTCe9I5zhagLpAskFkhsJ
        FXz7nP9KO9KNSKZFGKpHXT+tiDjHnCPaalC6ELIhffWd/ZTvtPOscZkZ0UaKEWyCxnlhPekc8460BdIFkoXlJhteWs48
        znxGuNCRBAggGF7aTmznXeNu0b5QqhCyIKyC6/sp32nnW+xlgQhQ9Q/Gd1bza2m/qM/MaYgr8GPwrGMby1nHmc+I1xhi
        RBAgmPhtb3UzuZp9jD5GOCMnYW8CsQ0ubia/Jt7jLAFoUfUfRndW93bTfwIIt/xdjjVwFOQu1Cnp3Mv8z/RfijDDGbpH
        wbW91cXM0+xh8jHBGSBI3bBdkFOz6X0UwoYsyxbkjZujwi0R7PJjQRb/RdjjVFGjkLtQp0d36P/aAAgBAwAAAABCMm2l
        VVf/f/0TZtLSkrl7dvbXsy66uurrq66qa9deuvXXrqI6uuq1a227bm23bbtt227tbbtt227bdi3bbtt227bmbtt227bd
        tpbbtt227bd0bbtt227bdrdtu23bbttm7bdtu23baq27bdtu23bNt227bdtu2nbbtt227bcu23bbtt226bdtu23bbtpb
        dtu23bbt/tt227bdtvW23bbtt22+27bdtu23bat227bdtu2223bbtt2267bdtu23bbtbtt227bdt7dtu23bbttW27bdt
        u23e23bbtt227d227bdtu223bbtt227bXbdtu23bbtj/2Q==
        """

    /// `colours`, interleave mode line.
    static let jpegLSColourLines = """
        /9j/9wARCAAgACgDAREAAhEAAxEA/9oADAMBAAIAAwAAAQCAAACuAAAcpJzcjQf/am+e/UAAAFcZsV616Vp0rVD+lKVv
        fPKkn311T5twcgfgnBKCMDcvl0tgeieLZXFESRPJ5XJZ/I5FIZ3f30WXsensTXcS3Mpt7aYWlnQJFCxg0cPCAkKCwwND
        g7Ojk4NzY1NDMyMjEwLy4tLCsqKSgnJiUkAAGACABBgYSADgAAArrRl8kFyrxEyWKlZUwUaeNShJh0qfhdkyD6pCAAAC
        uBgOxiOIxPdG+jaAApwaxo9XQq3Qq3R6jCpFfEYCxSu7vbaheXW1069ueAMETZtLSkrl7dvbXttppBkxzoMEGVSjY9lD
        pfuYQ6aq0cMYYQ992EdmKvM0KGSfEw4oXt0vZOvZOvbnGk6J8o0ECffXO0Uu/OFnpV/b8knDbgPk2+3Zl11ddXXV11Up
        otRLo0Workr4qK5KS/5KUTV7+lG4JTOdmCWImJdu99ot7od55owgRXJGAHFK6e1X+rhu1n2uuzhzwr4DpQs/pZfOx692
        6Y069deuvXXrqAAGkvgn5JLYJRiMUJKd59qdihC6HYoUoJClOxR8XQAj913JQiwDCrYfmifFd3Ktx3LGxwYyYgLGc1t5
        tbTf1GezGmrF5gtpF3RHV11WrW23bdjFCUjP0II9vEEZ+jqSM/QvXoQRn+yIz9KYjP3SNABZ3Mv8z/RfijRlGadABQ2l
        V1M7mafYw+RjqjJgFq4qOGkhuJr8m0zNtu23bbtt3OJq+vU1ZukqitujcujFPe2ZPWRlI6yKerXiKZZDFmWN08bMkqcq
        YqOPJjQRb/i7HGrgMRxXcMAJO5l/mf6L8UYYYzdJrbdtu23bbsVZLVldZO1ZOau+tCusjIR1kU9XvUU9ZJVNZHgeosoo
        mOP5dRxVRRXmjhqGIgn6GAEH0vophQxZli3JGzdCdBEgB55G9btt227bdtxtYsvdff2pfWVjI6yq+sXyq+slq2srW1VV
        XxYBBNE9LFGmO2QYmCqEMAeIZZSy2kinRFWeOWiFiCdADj+XUcVUUV5o4GTN227bdtu202hbG/VmIj6st+zfrs+qaseq
        97FV2fVfal/VW5eFrAunCwHiSU1Eqp4m1xPqjxijkitRA4RSumielijTHaiOmYXXhbQAAACarbdtu23bbuAAKn6st+1I
        GW/VPWvVnNaq7PqwtjPqvEqvdn2hPJquT1UR7ok2x+uQvQVoAeJZRUxJURLsj5XHrAKrAt0FRYjlVPE2uLEbbtt227bd
        ruQst+qiuerOalWWfVjbmfVeFVe7KWpAXSqs9ZEPCPdaFiChADxRJayIauIt8fbo/zQqpDCYKixNJ6qI90SbY/XBi9Bq
        3bbtt227bZeSrOaVGWUoyuDKUXgUXuyluQmUorRXEoqvYAAB1JUAPFcir59XT/lHfGPNQVTBhOFRYpklbEHGIeEe6wtY
        goQA0USWsk0uN227bdtu21NNupRncnUo3BTEZy2lyRG0ozTXkouzcAAG92UoyuCBjPOscdI5zhVGFkgVFiyQ2E96T7nH
        WgMUoJUAOFcir5HXT/lHfGPNSNbdtu23bbtm0ozDTkZy3YAstpReqwJRdmwBXuylGdySi94KYjMLSALIQuMF99ZzrvO+
        0b5QtMiiRA4XX9lILGedY46RznRoRSBcULI8tt227bdtu2ZbdsAW3UozXYkoy3YJnLaUaXRKL3hpyLsplhdn4Dzab+px
        5jTEFo0f0QOGN5a3tpOfEa942yIyooQuKF99ZzqynfaN7JO23bbtt2251G7LIlG27BM5bSjW7JRnMVQRltMsLspReuxI
        vkgjLAh4gBw0ubi6t5t7jL1GeFCJD4Kihld203tZx5jTEFowr+FgMGRdtu23bbttzB+oTe3Uo2vCUb3HUkbdTLDLaUZs
        siM5b4a7KVxuFndvdTP9F/2MMMZoIydhUUNbi5mlxNfkY4IywBXwMAaNLm4urebe4mTbtt227bdtOo3vSUb3JVEbbTeG
        W0ozbZkXuzo12UovteEorMGEEW5I2Rxq4CrQMJQqLO5l/i7HF+KNHIY6QFHdvdTP9NPsYYYzQRkWlt227bdtu3rpasjL
        abwy2lF7rQi92cGuylF970lF2cs1arpWahViGEIVGH0voorzRZljdsGN0GaAHHswoZjQRbkjZHGrhDlBKFRQne23bbtt
        229Glt1KM32pGct2NltKL8XxKLs7aL3ZTeC6UVreIZZSxRpinRHTMLaIMEAPEEtpJdRxVnjlNHDVDZBMFRZ9L6KK6GLM
        sbbbbtt227bfwtiM5boa7KUX5vyUXZ61XuymsF0orW+1IqunaqPWAWxQWoAeI5VTyumifVHimO2SGaCYKixDLKWKKSKd
        EdMwtoFWAYJzbtt227bdtlrLaUX6kBKLs/bL3ZTWC6UVrhbEVXT1YqulFhHgDxNJ6qUVMSbY/WR8vQwQShUWJJTURLTx
        Nrj1gGMQqtDAHCOVU8rponq1btt227bdttpRltFuvdlNYMpRe+NuRdlP1qq6UVkUorVf7ZWwj3fH2xC1BSFRgnk1XEVV
        Ee6P9oYuCqoMAeJpPVSipiTbEuyPl6GCW23bbtt226rLspnBlKL3yuCLspRXKrpRURSitV0W6q6UQoL7CcjCo0VSOun9
        bEHGPNQYrCqcMAeKZJWyWsiHhEW+PtiFqClADhPJquO223bbtt227bRe+dyRdlKa9dlKKSKUVqum4VXSiBBdKJqlSFOk
        NMJ70jnOFqAqkDAHiyQ2Eir59zn/FHelCpBMgBwqkddP62IOMecI9kRbtt227bdt1TaVWDLaUUEUovdlVyuylEFMZSi6
        5ciVqulNeXSmlCqEMAeL76zv7Kd9p51jjMhOgjQA4WyCxnlhPekc8460BVIGEoVFCxbtt227bdtrqJyKUby2u6ZbSiGn
        NpRfEVF7spVYGUorQ+lFYra8tZx5nPiNcaUiSBIDxhe2k5s513jbtG+UJoQwiCYsXX9lO+086xyW27bdtu23dQ2y7ZbS
        iKoMpRfAVF7spXYmUovO+lFV0mXSq6UgywJQpepAeM7q3m1tN/UZ+Y0xBP4NfhMWMby1nHmc+I1xhqRJAk/W27bdtu23
        bmOpNpRm86M5ZSyyMpReZ9KLspNu1V0oiqCUVrJA8bW91M7mafYw+RjgjJ2GPAqLGlzcTX5NvcZYAxCh6gBozure7tpv
        Rt227bdtu23cdG9tpbZm0ozKRSjLaTrxltKI6klF73nRdlKLSCLf8XY41cBjkKtQwBx3Mv8Z/ovxRhhjN0gBo2t7q4uZ
        p9jD5GOCMkCW7bdtu23bat2h1KNyEUo26k+9ZbSiSqJRnNx0ZbSi2zMpReVBu2CrIMAcfS+imFDFmWLckbN0OEGiAGnk
        xoIt/wuxxqijRyFWoYAw7jRtu23bbtt2wP/Z
        """

    /// `colours`, interleave mode sample.
    static let jpegLSColourSamples = """
        /9j/9wARCAAgACgDAREAAhEAAxEA/9oADAMBAAIAAwAAAgBAAAAzMIAAAK6AAADyxk8ZZCWMMxHF2gqjhQRRbpIIr1vo
        p2vIAAAPFcSx6texhteRPvdRRxbI/0m8T9GsQ9WkQdmc/13cceSWd+106+LZz9axn+Vzf+qm1Ayt1AwzagZR6/Vzf+qi
        agUzWhYxfRMEzo00ypEsxpUswplsVU6KXVDuW1IAAwAAANamYAAAF2QAIAmwwbd2czYvfADy4FamVmCrngAAAJpJBVC6
        pWY6Fx6yJ0bJVyh0JMq+ndXQ9bABCkVNgK/njajDqBpfKfqdnrxqm616hsXl266ZrvSdentm56GUAAAFcBg3CbbaTsmW
        IV5GVioXOfTB08H1QJlyfTSpl++tnHeGnBLsIn1v1408ASNyfZX91z2maz6Rb37xr2GG2IlserLn+5fJCtkmXN2lYCBj
        U25jtdDsk/fo6a3y1OVgfX9z6XdYYaO9pFcrerGHiHjMpdbZy7aifY7rUWjlZ1FmzbrM69dH3h9Nlmg10OEKQ6YNQucx
        dvTgwaXOyL1oq/HbSyXsNKAAGdaSYra5MI+nFnkHDEq29Z4edL5YzxU1Xjc0FaxW7E5W+AeY/azYot8JjGgAsxTOqBh4
        t7E20G1gN/B1YZ6HNgNOGGiLsa1GLLFh/F0AI6b9RjCgAsyneiZWf/4zsPuAvqMX2NF4rsBmo3GcPgFGObakSVN1zM/z
        mxNO97YYfvLEY8ZKmMmez+LLJNpirMc+NLF5zHFRNefn42vQzZwh6Is05b6N16ksRsp7mcrobJlVItMVbHLnliY9xBYt
        3f2Iu4x6Y1O8PYws0KmKu+LBhiAllO9Eyu/7DOz+1Rfdi1owrxDzGar0S0ip6WSGXKrRlUT6OWP7Mu7SOxVsRWYr5zVU
        cO6vowtEyqJuoVgwxASyH1RL/UWwws0OqLLsuvFtepOY2Ku7srKjJlVEh2VgCDV58BvjYD2sJrE+xLbijvTsjs7k/jC1
        VrIq6mWDDUD2MQ6JZdS7C23SbIpu0bEVV8n7jlZ0OwsvMuFWUnYWAccv/Jd2kdirUiuRXtzXxwixkTN5Qiy2YLIq+rVD
        DcDmISVEp/Uaiq5T7Ymv17MT1+q8jwt4vwqyM2FYXH4VAcckXkrthNxPqS3Io26b47VUW+OlqzLYr9eqGHOjcAAABNYA
        ApPiJNfV6ie5VbIjv3bUSUgW9x+s3H4VXmfCtKz8KgOOSXyUdZTYk1KLkS7dl8fKq7hHq2YLIq+sVDDfpiCrFqiO5KvK
        fbE1+vaCwu4hyFh3HtZrflVYaMq4oPyqA45KPJLaiziHUruRFt33x9quuMf7daWxP6lUMN07CE2LVE1yT+VVbEem7aiS
        kC3ZH5TcqGG97PgrLVLyUphUBxyV+SLpL7PtC65P9vKpHejG5R5uFS2KqUygYbp2AKsWoKbkk8rdsQVOO3ENIWGyPamt
        QMN7GjCuKCmFAHHJRtktsWYAAEmuouJox2Tzb1qRxo0ucc7lOWRWlGoGG6RgiqmC1BZckPlhWz3TpuT6kTPZHVTQoGG9
        LTgryVTCgDjkr2yK3L8AAJHcrvJ/W8tI70Y3KPNwqKCMyLSlAoFm6FhiqnC1Bfbvu7PZOrZvgI7t9tkb1MqgWbzNWFgR
        FMKAOOS7bf2xlgIgt2Pc82dakcaNLnHO5TlMKKDeG6RgiqmC1BZcw8zIDlltWzfs6wEcXPO2NKmJQLOY2vBYv1MKANOz
        HdeWxriPblp5Oa3xpGuje6RtukhTCiU5hyhMMVpwpQX3L7bZ1J1ysrA787Vsb/zJNwVAyt4GzCyeFMKAOOTTbc2xxiOr
        lv5NtvupGWjq6xnu0JTCiI5hv8xRVUBagyuXe22qTfla2Bx552RpUxKBZvG1xVYv1As3A5yGSYG6bFGp3iN7t15M639p
        F+j27RhvENSM1EFyMnPZjitSFKDW5cbbmpNOVxYGvnytjHTBoGVzA2RVZPFAw5A1yaVtz8cZnVy32zap71wmJsUUILvF
        u9SVI2UR3I1c8MkVVRooGHKRbFVItu7sjLz/WxdUx6BfcxdsaFm5UDDnpvCyLOneZvcutszqftBpb++0YbxDUjNRBbjJ
        mLWu1csVqzFQMN0iyKqRbd9ZF/dFWRXpm0Cy3l7o3LRsoGG+7eCyzcQmA45e7JhUodBjboPeLa9SaRsojtxqs8HMLNyb
        w3SlkVpGKwnUYh0izul2RRU06BTb0d8dFqzUDDfRvCywNoTAebkGyW1KTQXW6P4irfJ6kcqJrccLOp3C0bG8N0qyKqRj
        d9YF+yiqRXoQ24s7y94bfCPS2YKBZvi1grrWkJgPNyPZKqlPoK7dN8xPX6rSPFFNuO1nI9haszeG6QritIxqQ2BZspak
        UaEluKe9Fvjpas1As10VxVSwdjCqk6WgPVybZJ6lVoKLdT9RJkC2pH6iy3HyzefwtmBvDdIriqkY1JLIp2VFSJdCe3E3
        Wvwj0tmCgYa4q4qpWvRhWAPbkeyVVKfQV2wm0RPeFazhUj3Rfbj7ZsKMLdaaw1UFcVpGNSeyJtlXUiLQqtRH1uuMf7da
        oGGtyuKqVT8YVoD25NWSfSq0FFrKdESVNugS29ncfFm9/C2YGtKsE7VKriqkYzKrIj2V1Sf6FtqIOuPlHlcKlAw1rVxV
        SnURhXAPblOySVK3QS2os0RDU4aBFb39x9s2FGFutNYV1JTCgDzCJ+BNsq7sO1kWUMLc976XOOdynUCzehZFVKRTFleA
        9uWVkh0sNBFaS/RPqnPQf2+Xcd1mlThcKjeFlMUwoA8wCrgR1ldpP9C23EGzjSo8yFhbj3pESqlWRVShVRhYAOcl+2+q
        Weh/aDLRO6nbQeW+vccbMxVhcpzeFlGUwoA4wS3TCDbY1J5oYW57s6UuOciZ24670LIqpSKYwryVZFVIxTFhZbVDyzmv
        84qedBzb8dxrWY1eV0kNZV0BTKgDzDMNOe1lppOdDO3OvFvSjbRtbjfvKWROlCqjCwIlkTUjFBdbv+gyvzvTtoPLfXij
        lUDLZgLMrtCbyr+lMqAPMUz1B1st6k20Nrc38HVKM9HNuNO8SyJqflcaWL9ZE1IxQY27znNfpxU86Dm342RrUxpkaXSR
        vKugKZUj81A9jm2pN6y60mehzbmne9rjDR5bjHvBWRkp7WRhZPFkVUjFBpbueY4vzXT5oNrfvZGVTAmxhdoW8Ff1TCgD
        zFM9QdVLfQ7t23c3slG3EFcW6P7cXd49kalPC2LLNysiqlqoFm4HMp3omVT/UGdv9si+pizowrxD3Gaz0UwoA4xzbUm9
        S60OLlz5NO97XGGjy5GO3BUjJRAbUrcbrRssiqlkoGG4HMh9US/Si0GFyh2xZUy58W16k8jYt7qYUcGTCqNCmFAHHLzy
        Y24g3Fuj+5F23HUjVRFbY0WbktitLVQMOQNZTuwaIP/Z
        """

    /// `ramp`, 13 bits, signed in the codestream.
    static let jpeg2000Signed13Bit = """
        /0//UQApAAAAAAAoAAAAIAAAAAAAAAAAAAAAKAAAACAAAAAAAAAAAAABjAEB/1IADAAAAAEABQQEAAH/XAATQGhwcHhw
        cHhwcHhwcHhwcHj/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjL/kAAKAAAAAAIjAAH/k8P2BAl+
        3W/AD5wMD8wQBQGZQp/AD5wkB+AKDgJxbws5ha3dwH4A8A+0IgACICc60i5tCy8DgT1Ct+VOjhUOwD7ROAPqJYAD4WxA
        5AXpD/AKjqWrMUe+yeWTkucBR+gwazaZJGfknGSQmX/17PE0IREsa9sLp4Kh+ZS4KxwpLtBG70BC3Ad5ZldoSp/FsIK5
        4KSNf6Sm/vsSkogNj8AfU/QB9T/AA+S4AHQt4HrLy/5ZBW6y/xK8Y0RoPbPzMJkk9/QbKdY2ZAzWrNVAWKkFygRvvOSj
        e+1rXgcbWGwaRrLpNl1Hp2mCV1YC4ClFtw4zDw6+HEJw3YpMF4QVdUM+sN8C6GuaAZFcrWsL6Q6mnjbbHQs9ckkeDj21
        VVVVUf8ftTxle1Zpf6pzHwJNvz4xo40pMCYkMLQpbCbJLFxKotjGY6fiFodf3BYIdsP1gkCIBWYGBSwj0UBJ0gvxfGSe
        LYgiWerwVySaJKpHOuah81mmkrMwWXyofMkQM3mH6ae+JN98TpvTePXdVTonC9nd8e4vK/RnUeCV1Oa9Xr0BNAgHjl2i
        Ub90au9Jll6RN6vPhg3zY7iumCOxmLPWbijze6udgEw/slcbsKnab/W79xEogSQw76ArzPYsZLuRERJo3a7JrUopB0NI
        c6qcqBRN1KSS9ydLIGAJVom6fV2Wy2Wy3GPLBq2Wy2Wy2W4RDBvFXdV+vBp//9k=
        """

    /// `ramp` as 13-bit two's complement, unsigned in the codestream.
    static let jpeg2000Unsigned13Bit = """
        /0//UQApAAAAAAAoAAAAIAAAAAAAAAAAAAAAKAAAACAAAAAAAAAAAAABDAEB/1IADAAAAAEABQQEAAH/XAATQGhwcHhw
        cHhwcHhwcHhwcHj/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjL/kAAKAAAAAAQIAAH/k9/4ACgC
        8YRof8f4A4/wCz/wYDAEFj8LzCYLfwciccf4CI/wFR/4AEAK8PbUzFcC3xAmr1xjTXpGjyQOIX6G+SVcZM/8AH5/4AQR
        /0AHABjx6Rj6HKcag8BIgl4IDNhBzCs7Aj31SsHE7GtNGH8ajosmeV0v+NZbpGClEKd8uKrEASXzk/9hX4wGPj+E3wMw
        s+u8avWl5IFQe6AxJzqIAKEKtTjSYjCsln/P/AECP8KEf+AI4ChQf9sovZZPkUfQqD6vT523xRNLHCtnLJKYYYkZvalS
        euf6IxBVYTCwSKz2sa5I5kjw/pA/dNh22v0yfmrZblsrLO3E/ZeSYacRvXjXt5sukdAdugZYHylUbczeq4jR+l14JKk5
        +OYD2S+XJ0CWWOZTcpZuA5B1y9jYyCLYVtiLOauiSnmOh3VJWlv8+S2Jfyp8Qu4uXYxMECvNDEpFlIMxiZGq1yOnV+pt
        kojHd9Y+AQz0cs2BmRGKXhtNp/gZR4nAJwxvZHteR5MrS6su9CK3btP8/hFtz/wDKn/gG1H/QC/ASgHhu5zFUXBYUDO+
        PwpEyyjPNTPU99+WSJfrn+/Dr5cAs0hHCyXthLTpr1ARnzu1NgpqQ3/HSuTbP/wlSjDpsEzoINIOpxNuP7eEn3ghuWUq
        9Hezcv2Ouai3W/Y297OTP+z35y5QXr7SwhnAGaCPwo9BS4bu3enM5foFQHwsB+DSo+JJrXNhthsNC57j0v9rL5EzhES7
        NnmRNmOOXN4JhhAzLqR4Jf9pCpFPZU2fzofO96M4SC7OuklzYZxdX9as0+8ahkHEgu/Af62TOl5UClHiZ8qiHSRXVx2o
        0UYHzdcb5M6J+wvPCOHwqsfaExPccwL45Jw6HlXzWUtp+0TYKIvXNfO0HI9ff5prRQl0Dp65ky3DOUQZQRhb5qUFUXyo
        NgJKPoFaIxt2ajcFGHcQVd2E4e75OhtkTShx4JFMNQqBu4MUxLQwQbyU7RoW5ZSzufT7dcTADgT1+W1lX1PUTOWoyqX0
        +EafpmQ8ThZe1bF7uShyhghFv3oFRPcPQjNpvTePZ8BIqTZjHortRAHcXj+E8IGnzDzXrEdPmojCM4hgPv9/SL5wtOAK
        079Pj/krovzmlLQq3N6H2gKupEzQa6I7DUy3Fkv9GniyX9orFktrJ8WSzROxZKh7mLHNu2A/xiwOaxAWZ3QgntUqVO4Z
        l8ATStqUHtTb3Io0nRmy/CYdD7RuCLkm4UDX1t2NfGVdHc6Y7l/LR7YwWMTtmEcr/11sEDuP449SSVlns2mgREAUCb9J
        3raqVSsbOj7lxL9slhFBIDyGUEVfT7Mz1NVrwNMbwgO6nPRjccwhQ1pI53P9MIr/2Q==
        """

    /// `colours`, reversible colour transform.
    static let jpeg2000Colour = """
        /0//UQAvAAAAAAAoAAAAIAAAAAAAAAAAAAAAKAAAACAAAAAAAAAAAAADBwEBBwEBBwEB/1IADAAAAAEBBQQEAAH/XAAT
        QEBISFBISFBISFBISFBISFD/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjL/kAAKAAAAAA+ZAAH/
        k8PnBAOAz7QMA4WFgMB8IMD5AUD5wIADCMMGwDoMPqA4HzggBwj9VwR/wHwgwfOCg+oBBAReBsB8IUHzhYD5AgAMqxRZ
        tuB/C6Xmv8B8IcHzhYHzhA6+zwwGtrg2DiyI98HzhIfUDwfUCA2x4Z8R6ffhY0xPBzWA/cHzkoPnJQ+0VBLt1MH7tI9a
        HSoQmQmiJy/EfwOUakjyglpdlxIVXtXEdhNhrxdpirIG1+JUqhyBStK4KJa31eo8n8PqEYfUJw+0XA9B4DSk2bww3Sbe
        UAGvenXuAOW++aCKaamFM847ajYE61G4TAi/lobbdGFcN9JP8nPoshaRvN0ocbaYz8BePtFp+Y0AJ3quBGVL+9uBeLFU
        USi/gu225UJMd/wMnGJ7OUl+DBpg4z0ccMONlHxBCCc/Dj1UfwwKLPp6ok1cknTj6v9e4ieaRXNG5lvH2pEfaiw+1OA2
        wVBWRGdaC0E5M20Ubz8uKaLK9lo6pz5m09nkS9ZV7pqjV5eCvw1BOJWTZ2JRsVj1isdkxzwUE+aS8oZAK49tS3g65YuY
        JitiXbOOBNipDiwSHu5ofh7LDXOSe0j6kbFYWYa7y37ZIqITS4NyNwo1SuKW+qgVdoRlDIiH+YVybEsIe7y5qJeCX2/t
        EdMi5SMhW9rTtkii14cAL7r8+0eLV/lf3YjxZNSS6biiqk3O+h2V185qWmlKEEo5tvCnel9ftGqLmti1q/hIXaxgs9uh
        9QYeiMZaske/hL/H2pUfamR+CiAdIG3r2HCBT8cOdLZ4oyVi/W7e+d1BoZ4o9gtXH20LpH3KUndyupLRDyycb+FdKJ+B
        G3WupLAJ4/xt+3qLLPtA140S7pzlY51PlhIox/Qs+QKQt5i6vtBNOYpfM4XBTLqxG2i+8tEgP0OkGF9cwUIaArj5jegv
        KMRyKJDhlmOeVmmGYe0KZMyq3V9oqQ3XQNOyEPWEmH8/BAdClEJ1iUgwIgsvEkQ9rUMvTvCqBYLVtbtZOYiHAyeF1Gtj
        wSZ5gw2T6K9mPEiij/GRFkzmPTMVDZc2eRq6cH5bFPsrDkX4N7nAg91dnxXPwWI+1Sn5sIANheO3bgHcshYPSvcXS6YV
        T3uEnAUOcqbFvlJiPVUEC8+wYHtKJHbDE9TQ0tp6/YXxi2t7MF7d2RRA899hmM0X0xA6XUW5rABJUM+IF/tSa5S/D1Nn
        1g2REguKv/Fy0B47FbBYE7A+7Y3IKdt3h1rSUV8fqylzsf2hSymrTIEEchTMZVa2lIXjZhXvSIULtVZ+YSk/MOHTBdFd
        HNLa0NzfGNx0kuKClp/W72ePQLXeojUFYLPcVycRsrXToVTuxen01hMfn1JSGyeMnbSPgY1syn9WUszaGeTUxM8ajwy9
        sQkiT0gr1dR9Igv0W3J2IBT4W0RWNrYCJ8WKEZsIxnKFxhvwYsLtUryG73/H26WR9uisfhowAsVrlWMlRMwLwaDRv+Lv
        9TuVEP0vw4zZvRvSBa8jN3f+FezGV1VS3OdtF30aya3FES/dO183r3gJsUx2+jsAnDt5XZJt/gO6gkTD73RkfJC4mGY/
        AhBCqvaUy+kJwnANW6YZtNqqZmvVSwKBHhTPuEAkX70rEnu/iA4RflWe1DGKBnMgIS5sFR8V44ci/3nd+usLre6kunPg
        9ibRrfGpbMZWZecJA5BYzMzc5Rw1JEosyyY0O8LXaMkVIF7nYzyXwArJ+uIf/2X57oywJQIp5NTagOYzG66xTAqbjwya
        qrTmaPuL+7b8NUEfoA7TfY7Fx2yiBs4BzXrrf+ZHqntflbx977sRjYR81zFO4KFwhZR9uPcdKbr2DWDWPCuwptJwP+3Y
        e3gwNI21TaAvrJT9pm/EDrvgHO7WAB3nxcJhf97UjGF0tiZtDQD527ADERg+v13DzYvW4PbPWYIe/bhzJf8baCXGceyM
        WxYMbC8+YHukyo+eY2RzYGeTNS/Tj3+hVUKuV2dc5sqRD/LrQTlrZqAn0/Jw/r4ztMYGWiPcPIqonIiPHnlHIxYavDxH
        EvTk7sPTPrNE8p2b0M9TUsOpHo4fc/R50qhma4+BOdo2MxMLD2sj16M6jo0kWYAEU51Gj6EDaYkDrkeT7q4grmCZRWDP
        xqxzkItIB7/HjyhCMg9TWBs96clk976mt8aHOtzu+BW2ssaynNiQppIUJvLyEV1Sl2PYFFRKjn73e48m69bUmDGacQ2z
        O5LPDDak89IwPy+VdX81Voq/HxoyVEmuqieKl32sfk/bF4wDflQ/MbxBQjwJ3lVBnXCzX3sWlrMF+drnMNS1X05NDqz4
        NTd3ZVxUW/tStPyQQVlcRnuJ574iqWh8Pzz0JnMxkUMqPHSe+KenovsyhkuETaObLMqBqM++IqqcaDr0MwbHVQsyLxyG
        V7j1DU4OJOMs+/v5keaAt+GLE08/UtY6qVzc1k0917tXBoDp9ko3lEp+7WmqK2YNacD88Tx9ozgKRXNsD0UcXkJbcGGa
        dQLTdoaRZ5vRUll5dndKMvOj9btq6RU+6MfpvVhD8YosoXj3Ux3AauJ9pbotKY8TmBcYjHVFiHMaRVaZjQyxmTQb+KgD
        CyxmTP7CxxNDLGZNDK/Pw03j7dK5+eogAOcTtx9t3g+2FEYK8NuA7wjJuMg3ceUUpLaEh08kH5kr/f8GLWqUTkv+qi8D
        hjXSqJst+kKFYLUpHxc7niyEdLb9GtJ91qGB8KuXi7wJ+gpyqbzpM9MXWj4MNr4a59kyYdDpvHu+exjawfZsEgfHIj0g
        LnfbGyxw0a9KqS4+/4E57mqrDDfyvrfeczpfh8TaNUihNPHkGWDxQSG3Hg8nM1Wf2TMHkCvrFHOK32seuu4BzrQYicXN
        4KgIU/rh8rnfa0Q+8q1zrJ/iL1vIGaJKP5aedf6BI6Ln7DDmyrGMPRMDHT1D6W/cZ/x1VIMLWvGd/qq1U1z3xz997YDa
        Dt7z+fW6vKIYLI1OLnIi4pTOH0elaUjWGT5Z/RMtHlkuSoAG22t5qxJJJJJJJJJKjeRySSSSSSSSR58VBBOQtXjah0dT
        /TFwPi9z6Klym7rnmu1sPAIBnXC0XPhNWpgFAHtPQWEBPnft6W8Ihla2uz0+iNHJZKw2Lk4Y3ct3LtJtlTkQOgJia0gd
        hc5jlsiUbL02dN7haU1vW7WgMXXgCIA6eS3ylsOpzylVxu9M7UQVh+zvs0f4aDCZ2cnw3ChcQlpLRjLpUYm8D1w8MbzY
        oV4HCude15VAaYU/IKXbtZA5g2IZUBmlYHS1MT4RsMoHfyE+EFGgay/esAbFv8yFeW+l1HCAh9/JdhRF0gO6I/G9Agtr
        6AUnK3ev5+PWjILm0+VuvHEYJO1upvvPGTPbmLe/9r4M7cqk7u54hu7X/ef5Qy7/VUOCotmJdEanqKp75NQWctzJtxcB
        VpFA86VPMCZ4dMc/DTBFhxX6LQucZH0x59VnkbWOse14QQafyTEO6g1gL4Av33YQ8GoVMQPQxP8QmQC6TYERkZHuPpty
        pYGCG9R0bp16SqH4fVHvz3mjf+6535t0Iff27yzioRZp5rH/W9C9jLU0m9Z9gaXlDdJ1ID4uBj6HLW01XFtYoSlHLX9Y
        6MdYmOSI5Wh6t3qxMCpkshEd2Czfl8U1Fnzg1no1QQoMXawfQ+vKG0+pIbT6ToSBrIbFu3JotQ4EOQPgSU4RsuZRHiHR
        trA8wjnX9bq9Dz7/KxGYFkBmIEiDdjlIuJg1YZiEnCH+YRAU9jMAjdeyxTb5Tt8ttIrGgxp1ITHZe72chtTIwMIHa4Iw
        ptSos/o1pnZOHpC29IdoZm8Ozyv46QvClKzUP5p+vr6+wDGQ19fX19fX18jHJZ19fX1968ZSfeUHtu0I19+euE/DVS/b
        XQAhlgiT7YDuTThvIGQdkdm78hPs1CAutzQTkRQESXvc193Kvs1AmlrnltWH0W+iKo64o/w/jLkd6NyVZxj5W/VxNs8m
        Gh2h0if7BXddJs6oSYvJ7GbP+qibZpQocK/CRQOlSpf9gf4iN1zs+YKh9UbCpoHUspxJQyyX5nNbpmYFKgmwvPa88tlv
        RPG8a8AQdC3W2fRbzVvy8nD6OrhAdBiD4cKSNlnpp4wX9NbYdCquUBvygX7xs9/QAYdrSdr8aXYWJSsxLEznq1qntj7r
        8L1UU6vUx2FEzZUO9ftDYKLqV5rkaO+exFrZLoKWHMZZStwyuHYeVBqD7LzE7+T/RDyh5oNWx32n3LSGdpQtqub+yiRV
        5v5YiGL8ke7h5RPhqhlSGNhf9FuhE3jvWheHzhDy0GxOA8XZ2v4t4hBTOAM28E9SQgHa/nLOnlmV9WcBla54SAgM84wP
        +jbtuOn6iWCwWCwUrw28cL1Zy3A59Wbb7xo5PUx8nztLQJ3sR7cSJDkrKdlH1WBWzg+5Z9SuevpLqmqlS7cT6/O/x8Xr
        IDd0LcJ+pqLkM+sfgK835CUjaXM62OcsBh6JtUowQpGttyUH+3cu2LOxt9DUy6wqnVijHdz8WC8Y30hxYchwaOjZMgqH
        nxgvIQYBVghQSP1aO5IjMNgz8579WDiiwsfiubeGEjM2PTBP+0LHrMcDNB+gsWN1Sf2N96ykqHUZoMG8+/WFcGmFf8Ml
        1JWQScdAUGcIBz8ge+QZaLxqXfyuUQKsNPu4TNNVL+hDblQpy5oF+DTWOaLalX+ZT5eyhb6uWUOPnfHTBBeCdNGXZQT9
        n9yJo4nWH/Mjcq3N6Jk3EjJkvlzoHSblyE2zyZF+qF8RmCjKMKzUyZGSaaaFoDzajM/9QW0dcJpNJpNvgDB7HzSaTSaW
        Zxr3rpNJpNLKPW5GlfFImvDKyKCwxJiQI7/3ytFtP98aQjtZjuaj6TCrerTXSPnzuwdDiUqJ7NXdRXG5Ow9tViPxGs6E
        ENyqOh50p22C3IxiYnViiMQtlcPWCG1eiEa/yfoLXCGbuHZbZXJkYdh75xURgTf/Kb4sSPMXpSO1Kw3zH3FCfVzczY7J
        dV2qKIIGx5CxZh5nJXp6fVRdmXVDhAgyLm4Pd5pzH7EOH6rYfy8QNi1eXFh/SDsskox806zeZ+kwUFk3+Jy4uH3KuEpP
        A7USZFcUyswL/zhKQnnEX/afLDKcCQbgLFxoU555n9sLgP2iq/OHQV2JVEnFYJOyaRi/OIDVId5HfZonmAUtas/jfp0f
        /i+esvXKqnfhiV8DOCwIcawBuz8OivNPPrJoMC02hDiMK2UVs2LZPrPPUSNh+ho6bwTon628ff19+Nxsvg2cWQaHtNT4
        g/irMNV6RH55lwmz9unQJcA9uzsNn8xcA9uzs7OWwC7gHt2dnaA9f7Hh9R38Cwv/2Q==
        """

    /// `ramp`, 13 bits, signed, in a whole JP2 file.
    static let jp2FileSigned13Bit = """
        AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAIAAAACgAAYwHAAAAAAAPY29s
        cgEAAAAAAAAAAAKkanAyY/9P/1EAKQAAAAAAKAAAACAAAAAAAAAAAAAAACgAAAAgAAAAAAAAAAAAAYwBAf9SAAwAAAAB
        AAUEBAAB/1wAE0BocHB4cHB4cHB4cHB4cHB4/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4y/5AA
        CgAAAAACIwAB/5PD9gQJft1vwA+cDA/MEAUBmUKfwA+cJAfgCg4CcW8LOYWt3cB+APAPtCIAAiAnOtIubQsvA4E9Qrfl
        To4VDsA+0TgD6iWAA+FsQOQF6Q/wCo6lqzFHvsnlk5LnAUfoMGs2mSRn5JxkkJl/9ezxNCERLGvbC6eCofmUuCscKS7Q
        Ru9AQtwHeWZXaEqfxbCCueCkjX+kpv77EpKIDY/AH1P0AfU/wAPkuAB0LeB6y8v+WQVusv8SvGNEaD2z8zCZJPf0GynW
        NmQM1qzVQFipBcoEb7zko3vta14HG1hsGkay6TZdR6dpgldWAuApRbcOMw8OvhxCcN2KTBeEFXVDPrDfAuhrmgGRXK1r
        C+kOpp422x0LPXJJHg49tVVVVVH/H7U8ZXtWaX+qcx8CTb8+MaONKTAmJDC0KWwmySxcSqLYxmOn4haHX9wWCHbD9YJA
        iAVmBgUsI9FASdIL8Xxkni2IIlnq8FckmiSqRzrmofNZppKzMFl8qHzJEDN5h+mnviTffE6b03j13VU6JwvZ3fHuLyv0
        Z1HgldTmvV69ATQIB45dolG/dGrvSZZekTerz4YN82O4rpgjsZiz1m4o83urnYBMP7JXG7Cp2m/1u/cRKIEkMO+gK8z2
        LGS7kRESaN2uya1KKQdDSHOqnKgUTdSkkvcnSyBgCVaJun1dlstlstxjywatlstlstluEQwbxV3Vfrwaf//Z
        """
}
