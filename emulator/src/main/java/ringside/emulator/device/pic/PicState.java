package ringside.emulator.device.pic;

/**
 * What an 8259A's registers hold, to be looked at; each but the first has a bit an input.
 *
 * @param vectors   the vector of input 0
 * @param requested inputs that ask
 * @param inService inputs that are being served
 * @param masked    inputs that are not heard
 * @param levels    inputs that are heard by their level
 */
public record PicState(int vectors, int requested, int inService, int masked, int levels) {
}
