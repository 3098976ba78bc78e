package ringside.console.panel;

import java.util.List;

/** Something to look at. */
public interface Panel {
    /** {@return what it is, a few words} */
    String title();

    /**
     * {@return what it shows}
     *
     * @param width  columns of each line, at least 1
     * @param height lines, at least 1
     */
    List<Line> lines(int width, int height);
}
