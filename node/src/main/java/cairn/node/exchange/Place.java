package cairn.node.exchange;

import java.util.Arrays;

/// A place in a DAG, as a reader comes by it: parents before their children, children in the order
/// of links.
final class Place implements Comparable<Place> {
    static final Place ROOT = new Place(new int[0]);

    private final int[] indexes;

    private Place(int[] indexes) {
        this.indexes = indexes;
    }

    Place child(int index) {
        int[] below = Arrays.copyOf(indexes, indexes.length + 1);
        below[indexes.length] = index;
        return new Place(below);
    }

    int depth() {
        return indexes.length;
    }

    @Override
    public int compareTo(Place other) {
        return Arrays.compare(indexes, other.indexes);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Place other && Arrays.equals(indexes, other.indexes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(indexes);
    }

    @Override
    public String toString() {
        return Arrays.toString(indexes);
    }
}
