/**
 * How parts of a machine write down what they are and become it again, and files that are written whole: a leaf that
 * knows no part.
 */
package ringside.emulator.state;
