// The worker in which the editor compares two texts.
import 'monaco-editor/editor/editor.worker';
