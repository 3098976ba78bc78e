/**
 * How parts of a machine write down what they are and become it again: a leaf that knows no part.
 */
package ringside.emulator.state;
