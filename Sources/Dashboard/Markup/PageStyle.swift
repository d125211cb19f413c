/// The style sheet of self-contained pages: no fonts or images from elsewhere, light and dark.
///
/// Colours are the colour-blind safe ones of Okabe & Ito; no figure relies on colour alone.
enum PageStyle {
    static let sheet = """
        :root { color-scheme: light dark;
          --ground: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --fill: #f6f8fa;
          --federated: #0072b2; --local: #c24e00; --warn: #fff4d6; --warnline: #d4a017;
          --s0: #0072b2; --s1: #c24e00; --s2: #00805d; --s3: #a8457f; --s4: #56798f;
          --s5: #8a6d00; --s6: #5b4bb7; --s7: #6e4a2f; }
        @media (prefers-color-scheme: dark) { :root {
          --ground: #0d1117; --ink: #e6edf3; --soft: #9aa4af; --line: #343b44; --fill: #161b22;
          --federated: #56b4e9; --local: #f0a04b; --warn: #2d2510; --warnline: #b58a1b;
          --s0: #56b4e9; --s1: #f0a04b; --s2: #2fc79b; --s3: #e08fc0; --s4: #a9c3d3;
          --s5: #e3cc4e; --s6: #a99cff; --s7: #c99f80; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 24px 20px 48px; max-width: 1120px;
          background: var(--ground); color: var(--ink);
          font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        h1 { font-size: 1.6rem; margin: 0 0 4px; } h2 { font-size: 1.15rem; margin: 32px 0 8px; }
        p { margin: 6px 0; max-width: 78ch; } .soft, caption, figcaption { color: var(--soft); }
        code { font: 0.85em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        td code { white-space: nowrap; }
        .warning { background: var(--warn); border-left: 4px solid var(--warnline);
          padding: 8px 12px; margin: 12px 0; font-weight: 600; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0; }
        dt { color: var(--soft); } dd { margin: 0; }
        figure { margin: 8px 0 0; } figcaption { margin: 4px 0 14px; font-size: 0.88rem; }
        caption { font-size: 0.88rem; } tbody th { font-weight: 600; }
        svg { display: block; width: 100%; height: auto; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: 0.9rem;
          font-variant-numeric: tabular-nums; }
        caption { text-align: left; padding: 2px 0 6px; }
        th, td { text-align: left; vertical-align: top; padding: 5px 14px 5px 0;
          border-bottom: 1px solid var(--line); }
        thead th { border-bottom: 2px solid var(--line); }
        .number { text-align: right; white-space: nowrap; }
        .none { color: var(--soft); font-style: italic; }
        .key { display: inline-block; white-space: nowrap; }
        text { fill: var(--ink); font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        .small { font-size: 11.5px; } .dim { fill: var(--soft); } .reason { font-style: italic; }
        .strong { font-weight: 600; } .end { text-anchor: end; } .middle { text-anchor: middle; }
        .grid { stroke: var(--line); stroke-width: 1; } .axis { stroke: var(--soft); }
        .chance { stroke: var(--soft); stroke-dasharray: 4 3; }
        .federated { stroke: var(--federated); } .square { fill: var(--federated); }
        .local { stroke: var(--local); fill: var(--ground); }
        .interval { stroke-width: 1.8; } .ring { stroke-width: 2; }
        .curve { fill: none; stroke-width: 1.6; } .mean { stroke: var(--ink); stroke-width: 3; }
        .meanmark { fill: var(--ink); }
        .s0 { stroke: var(--s0); } .s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); }
        .s3 { stroke: var(--s3); } .s4 { stroke: var(--s4); } .s5 { stroke: var(--s5); }
        .s6 { stroke: var(--s6); } .s7 { stroke: var(--s7); } .mark { fill: var(--ground); }
        @media print { body { max-width: none; } }
        """
}
