const story = document.getElementById("story");
const show = moments => {
    for (const moment of moments) {
        const line = document.createElement("li");
        line.textContent = moment.what;
        story.append(line);
    }
};
const recording = document.getElementById("timeline");
if (recording) {
    show(JSON.parse(recording.textContent).moments);
} else {
    const start = await (await fetch("timeline")).json();
    show(start.moments);
    new EventSource(`events?from=${start.at}`).onmessage = event => {
        const data = JSON.parse(event.data);
        if (data.restart) {
            location.reload();
        } else {
            show(data);
        }
    };
}
