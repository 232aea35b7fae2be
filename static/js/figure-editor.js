/* The figure as an entity of the rich-text editor: a chip that shows the value. */
(() => {
  const { React, DraftJS, draftail } = window;

  class FigureSource extends React.Component {
    componentDidMount() {
      const { editorState, entityType, onComplete, onClose } = this.props;
      window.figurePicker.open((figure) => {
        if (!figure) {
          onClose();
          return;
        }
        const data = { code: figure.code, day: figure.day, name: figure.name };
        const content = editorState.getCurrentContent().createEntity(entityType.type, "IMMUTABLE", data);
        const text = DraftJS.Modifier.replaceText(
          content, editorState.getSelection(), figure.shown, null, content.getLastCreatedEntityKey());
        onComplete(DraftJS.EditorState.push(editorState, text, "insert-characters"));
      });
    }

    render() {
      return null;
    }
  }

  const Figure = ({ entityKey, contentState, children }) => {
    const { code, day, name } = contentState.getEntity(entityKey).getData();
    return React.createElement("span", {
      className: name ? "figure-chip" : "figure-chip figure-chip--unknown",
      title: name ? `${name}（${code}）${day ? `，${day}的数值` : ""}` : `没有代码为${code}的数据`,
    }, children);
  };

  draftail.registerPlugin({ type: "FIGURE", source: FigureSource, decorator: Figure }, "entityTypes");
})();
