/// The style sheet of the report: no fonts or images from elsewhere, for screen and paper.
enum ReportStyle {
    static let sheet = """
        :root { color-scheme: light dark;
          --ground: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --fill: #f6f8fa;
          --good: #e6f4ec; --goodline: #00805d; --bad: #fdeceb; --badline: #b3261e;
          --bar: #0072b2; }
        @media (prefers-color-scheme: dark) { :root {
          --ground: #0d1117; --ink: #e6edf3; --soft: #9aa4af; --line: #343b44; --fill: #161b22;
          --good: #0f2a20; --goodline: #2fc79b; --bad: #341513; --badline: #ff8a80;
          --bar: #56b4e9; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 24px 20px 48px; max-width: 920px;
          background: var(--ground); color: var(--ink);
          font: 16px/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 4px; }
        h2 { font-size: 1.25rem; margin: 40px 0 8px; padding-top: 8px;
          border-top: 1px solid var(--line); }
        h3 { font-size: 1.02rem; margin: 20px 0 4px; }
        p { margin: 6px 0; max-width: 72ch; } li { max-width: 72ch; margin: 4px 0; }
        .soft, caption { color: var(--soft); }
        .lead { font-size: 1.08rem; }
        .verdict { border-left: 6px solid var(--goodline); background: var(--good);
          padding: 10px 14px; margin: 16px 0; font-weight: 600; }
        .verdict.bad { border-color: var(--badline); background: var(--bad); }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
          gap: 12px; margin: 16px 0; padding: 0; list-style: none; }
        .figures li { border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px;
          margin: 0; background: var(--fill); }
        .figures b { display: block; font-size: 1.5rem; line-height: 1.2;
          font-variant-numeric: tabular-nums; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 3px 18px; margin: 12px 0; }
        dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        code { font: 0.86em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; margin: 6px 0 14px; font-size: 0.93rem; }
        caption { text-align: left; padding: 2px 0 6px; font-size: 0.9rem; }
        th, td { text-align: left; vertical-align: top; padding: 6px 14px 6px 0;
          border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
        thead th { border-bottom: 2px solid var(--line); white-space: nowrap; }
        tbody th { font-weight: 600; }
        .dense table { font-size: 0.85rem; line-height: 1.35; }
        .dense th, .dense td { padding: 3px 12px 3px 0; }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .tag { white-space: nowrap; }
        nav ol { columns: 2; padding-left: 22px; margin: 8px 0; } nav li { margin: 2px 0; }
        a { color: inherit; }
        @media (max-width: 560px) { nav ol { columns: 1; } dl { display: block; }
          dd { margin-bottom: 6px; } }
        @media print {
          :root { --ground: #fff; --ink: #000; --soft: #444; --line: #999; --fill: #fff;
            --good: #fff; --bad: #fff; --goodline: #000; --badline: #000; }
          body { max-width: none; padding: 0; font: 9.5pt/1.4 system-ui, "DejaVu Sans", sans-serif; }
          nav { display: none; } h2 { margin-top: 22px; } th, td { padding: 3px 10px 3px 0; }
          .figures { grid-template-columns: repeat(5, 1fr); gap: 8px; }
          .figures li { padding: 6px 8px; font-size: 8.5pt; } .figures b { font-size: 14pt; }
          .dense table { font-size: 7.5pt; line-height: 1.25; }
          .dense th, .dense td { padding: 1px 8px 1px 0; }
          h2, h3 { break-after: avoid; } tr, .figures li, .verdict { break-inside: avoid; }
          thead { display: table-header-group; } .scroll { overflow: visible; }
          @page { size: A4; margin: 16mm 15mm; } }
        """
}
