/** The report of gates: one HTML file that needs nothing else. Every text in it goes through a template that escapes. */
package ringside.console.html;
