/// Makes, moves, lists and checks pins, with walks that remember what they met in a bit a block.
package cairn.node.pins;
